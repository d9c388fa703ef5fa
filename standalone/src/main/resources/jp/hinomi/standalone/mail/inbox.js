// Reloads the list when mail has arrived. Reading one mail is never interrupted: only the list carries data-arrived.
(function () {
  "use strict";
  var shown = document.body.dataset.arrived;
  if (shown === undefined) {
    return;
  }
  setInterval(function () {
    fetch("/arrived", { cache: "no-store" })
      .then(function (answer) { return answer.text(); })
      .then(function (arrived) {
        if (arrived !== shown) {
          location.reload();
        }
      })
      .catch(function () { /* the demonstration has ended: the page stays as it is */ });
  }, 2000);
})();
