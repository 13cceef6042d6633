// Says on the page that a passkey was not used: without it nothing would be seen to happen.
document.addEventListener('allauth.error', event => {
  event.preventDefault()
  const said = document.getElementById('passkey_failed')
  said.textContent = said.dataset.says
  said.hidden = false
})
