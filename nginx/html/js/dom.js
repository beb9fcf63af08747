// Builds elements. Text always goes in as text, never as HTML.

const SVG = 'http://www.w3.org/2000/svg';

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === 'on') {
    for (const [event, run] of Object.entries(value)) {
      element.addEventListener(event, run);
    }
  } else if (name === 'css') {
    // Through the object model: the content policy forbids style attributes.
    for (const [key, v] of Object.entries(value)) {
      element.style.setProperty(key, v);
    }
  } else {
    element.setAttribute(name, value === true ? '' : value);
  }
}

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    setAttribute(element, name, value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== false &&
    c !== undefined));
  return element;
}

/** An element: h('p', { class: 'note' }, 'text', otherElement). */
export function h(tag, attributes, ...children) {
  return build(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

/** Replaces what an element holds, leaving out null and false. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((c) => c !== null &&
    c !== false && c !== undefined));
}

/** Runs once after calls have been quiet for so many milliseconds. */
export function debounce(run, ms) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), ms);
  };
}

export const calm = matchMedia('(prefers-reduced-motion: reduce)');
export const wide = matchMedia('(min-width: 64em)');

const paper = matchMedia('print');

/** Whether the page is being laid out for paper: nothing may move then. */
export function printing() {
  return paper.matches;
}
