// Elements and text.
/** An element with attributes and children; strings become text. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Puts text in only where it is another one: screen readers hear of every change. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
