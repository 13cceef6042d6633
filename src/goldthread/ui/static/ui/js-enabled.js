// Says that scripts run, before anything is drawn, so that nothing jumps. Loaded from a file: the site allows no others.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
