// The smallest way to build and refresh nodes. Outside text only ever becomes text nodes, never markup.

const SVG = "http://www.w3.org/2000/svg";
const signatures = new WeakMap();

/**
 * Builds an element.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on…` adds a listener; empty ones are left out
 * @param {...(Node | string | null | undefined | false | Array<Node | string | null>)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(...present(children));
  return node;
}

/**
 * Builds a line icon from the `d` of one path on a 24×24 field.
 * @param {string} path
 * @returns {SVGElement}
 */
export function svg(path) {
  const root = document.createElementNS(SVG, "svg");
  root.setAttribute("viewBox", "0 0 24 24");
  root.setAttribute("class", "icon");
  root.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  root.append(line);
  return root;
}

/**
 * Makes the children of `parent` those of `items`, touching only what differs: scroll, focus, selection survive.
 * @param {Element} parent
 * @param {Array<{key: string, signature: string, create: () => HTMLElement}>} items
 */
export function reconcile(parent, items) {
  const before = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let previous = null;
  for (const item of items) {
    const node = settle(before.get(item.key), item);
    before.delete(item.key);
    const expected = previous ? previous.nextElementSibling : parent.firstElementChild;
    if (node !== expected) parent.insertBefore(node, expected);
    previous = node;
  }
  for (const node of before.values()) node.remove();
}

function settle(old, item) {
  if (old && signatures.get(old) === item.signature) return old;
  const node = item.create();
  node.dataset.key = item.key;
  signatures.set(node, item.signature);
  if (old) swap(old, node);
  return node;
}

function swap(old, node) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  old.replaceWith(node);
  if (!focused) return;
  const heir = [node, ...node.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === focused);
  heir?.focus({ preventScroll: true });
}

function assign(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "testid") node.dataset.testid = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

function present(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}
