// Gives the buttons of this page the token of who is signed in.

const WindrowExport = await customElements.whenDefined("windrow-export");

/** Not kept over a reload: whoever is signed in then may be somebody else. */
let kept = { token: "", until: -Infinity };
/** The answer that is on its way; requests that come together wait for one. */
let asking = null;

async function ask() {
  const response = await fetch("/windrow-token", { method: "POST" });
  if (response.status === 401) {
    throw new WindrowExport.Problem(401, {
      detail: "You are signed out. Sign in again to go on; an export that has begun does not stop.",
    });
  }
  // The button says that the server can't be reached, and tries again.
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  const { token, expiresAt } = await response.json();
  // By the server's clock, since the visitor's may be wrong. Another one is due shortly before the end.
  const lasts = Date.parse(expiresAt) - Date.parse(response.headers.get("Date"));
  return { token, until: performance.now() + lasts - Math.min(30_000, lasts / 5) };
}

WindrowExport.headers = async ({ refused }) => {
  if (refused || performance.now() >= kept.until) {
    asking ??= ask().finally(() => {
      asking = null;
    });
    kept = await asking;
  }
  return { Authorization: `Bearer ${kept.token}` };
};

addEventListener("windrow-problem", ({ detail }) => {
  document.getElementById("signed-out").hidden = detail.problem.status !== 401;
});
