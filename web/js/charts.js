// Draws Vega-Lite specifications without eval: expressions are interpreted, styles come from app.css.
import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

/** Draw the specification that the element names: the id of a JSON script (data-vega) or an address. */
export async function draw(element) {
  if (element.dataset.drawn !== undefined) return;
  element.dataset.drawn = "";
  const source = element.dataset.vega;
  const spec = source.startsWith("#")
    ? JSON.parse(document.querySelector(source).textContent)
    : await (await fetch(source)).json();
  const look = getComputedStyle(document.documentElement);
  const colour = (name) => resolve(look.getPropertyValue(name), element);
  await embed(element, spec, {
    ast: true,
    expr: expressionInterpreter,
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
    config: configuration(colour, look.fontFamily),
  });
}

/** Turn a custom property such as light-dark(…) into the colour that the browser would paint. */
function resolve(value, element) {
  const probe = document.createElement("i");
  probe.style.color = value;
  element.append(probe);
  const painted = getComputedStyle(probe).color;
  probe.remove();
  return painted;
}

function configuration(colour, font) {
  const text = { labelColor: colour("--ink-2"), titleColor: colour("--ink-2"), labelFont: font, titleFont: font };
  return {
    background: "transparent",
    font,
    view: { stroke: null },
    axis: {
      ...text,
      labelFontSize: 13,
      titleFontSize: 13,
      titleFontWeight: "normal",
      labelOverlap: true,
      gridColor: colour("--line"),
      domainColor: colour("--line-2"),
      tickColor: colour("--line-2"),
    },
    legend: { ...text, labelFontSize: 13, titleFontSize: 13, titleFontWeight: "normal" },
    header: text,
    title: { color: colour("--ink"), font, fontSize: 15, anchor: "start" },
    text: { color: colour("--ink"), font, fontSize: 13 },
    mark: { color: colour("--accent") },
    range: {
      ramp: [0, 1, 2, 3, 4, 5, 6].map((step) => colour(`--scale-${step}`)),
      heatmap: [0, 1, 2, 3, 4, 5, 6].map((step) => colour(`--scale-${step}`)),
    },
  };
}
