// Starts the design system's scripts. Their addresses carry a hash, so the page says them.
const addresses = document.getElementById("start").dataset;

const { initAll } = await import(addresses.govuk);
initAll();

if (document.querySelector('[data-module^="moj-"]')) {
  const casework = await import(addresses.moj);
  casework.initAll();
}
