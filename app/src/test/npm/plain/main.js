import "../server.js";

document.querySelector("#root").innerHTML = `
  <windrow-export dataset="readings" parameters='{"sensor":"s-1"}'>Export one</windrow-export>
  <windrow-export dataset="slow" parameters='{"rows":3}'>Export two</windrow-export>
  <output></output>`;
addEventListener("windrow-completed", (event) => {
  document.querySelector("output").textContent += `${event.detail.export.dataset} `;
});
