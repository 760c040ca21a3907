// How the button looks.
const CSS = `
  :host { display: inline-block; max-width: 100%; font-size: 0.9375rem; line-height: 1.4; }
  :host([hidden]), [hidden] { display: none !important; }
  .box {
    --accent: var(--windrow-accent, #2563c9); --on-accent: var(--windrow-on-accent, #fff);
    --danger: var(--windrow-danger, color-mix(in srgb, #e5383b 78%, currentColor));
    --warning: var(--windrow-warning, color-mix(in srgb, #b06a00 70%, currentColor));
    --muted: color-mix(in srgb, currentColor 72%, transparent);
    --line: color-mix(in srgb, currentColor 26%, transparent);
    --radius: var(--windrow-radius, 0.5rem);
    display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem;
  }
  :host(:not([hidden])) .box.wide { min-width: min(22rem, 100%); }
  .button {
    box-sizing: border-box; display: inline-flex; align-items: center; justify-content: center; gap: 0.5em;
    min-height: 2.5rem; margin: 0; padding: 0.35rem 1rem; border: 1px solid var(--accent); border-radius: var(--radius);
    background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none;
    cursor: pointer; max-width: 100%; overflow-wrap: anywhere;
  }
  .button:hover { filter: brightness(1.1); }
  .button:active { filter: brightness(0.94); }
  .secondary { background: transparent; color: inherit; border-color: var(--line); font-weight: 500; }
  .secondary:hover { background: color-mix(in srgb, currentColor 8%, transparent); filter: none; }
  .button[aria-disabled="true"] { opacity: 0.6; cursor: default; filter: none; }
  .button:focus-visible, .progress:focus-visible, .warnings summary:focus-visible {
    outline: 3px solid color-mix(in srgb, var(--accent) 70%, currentColor); outline-offset: 2px;
  }
  .following { flex: 1 1 100%; display: flex; align-items: center; gap: 0.75rem; }
  .progress {
    flex: 1; height: 0.625rem; border-radius: 1rem; overflow: hidden;
    background: color-mix(in srgb, currentColor 14%, transparent);
  }
  .bar { height: 100%; width: 0; border-radius: inherit; background: var(--accent); transition: width 0.3s linear; }
  /* Not its width: that would shrink to the first figure, when one is known. */
  .unknown .bar { min-width: 35%; animation: to-and-fro 1.6s ease-in-out infinite alternate; }
  .waiting .bar { animation-duration: 3s; opacity: 0.55; }
  @keyframes to-and-fro { from { margin-inline-start: 0; } to { margin-inline-start: 65%; } }
  .status { margin: 0; color: var(--muted); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; min-width: 0; }
  .wide .status { flex: 1 1 100%; min-height: 1.4em; }
  .warnings { min-width: 0; overflow-wrap: anywhere; }
  .warnings:has([open]) { flex: 1 1 100%; }
  .warnings summary { cursor: pointer; width: fit-content; border-radius: 0.25rem; color: var(--warning); font-weight: 500; }
  .warnings ul { margin: 0.25rem 0 0; padding-inline-start: 1.25rem; }
  .problem { flex: 1 1 100%; margin: 0; color: var(--danger); overflow-wrap: anywhere; }
  .problem ul { margin: 0.25rem 0 0; padding-inline-start: 1.25rem; }
  .heard { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (prefers-reduced-motion: reduce) {
    .bar { transition: none; }
    /* A full one would be taken for done. */
    .unknown .bar { animation: none; min-width: 100%; opacity: 0.5; background: repeating-linear-gradient(135deg, var(--accent) 0 6px, transparent 6px 12px); }
  }
  @media (forced-colors: active) {
    .progress { border: 1px solid CanvasText; }
    .bar { background: Highlight; forced-color-adjust: none; }
  }
`;

let sheet;
export function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
