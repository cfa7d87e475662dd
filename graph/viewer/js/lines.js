// Lines, and the circles of a large picture. vis-network would draw each of tens of thousands afresh
// for every frame; here they are drawn once, on a layer somewhat larger than the frame. While the
// picture moves the layer moves with it, and when it has come to rest the layer is drawn anew.

const FEW_LINES = 1500; // up to so many are drawn afresh for every frame, and stay sharp
const LAYER_MARGIN = 0.25; // of the frame's width and height, on each side
const CIRCLE_BORDER = 1.5;
const REST = 200; // milliseconds without a move

let drawnLines = []; // [line, look], the faintest first
let drawnCircles = []; // as vis-network would be given them
let layer = null;
let restTimer = null;

const usesLayer = () => drawnLines.length > FEW_LINES;

// Lines as [line, look].
function putLines(lines, circles) {
  drawnLines = lines.sort(([, a], [, b]) => a.opacity - b.opacity);
  drawnCircles = circles.filter((circle) => !circle.hidden);
  layer = null;
}

function strokeLines(context) {
  context.lineCap = 'butt';
  for (const [{ a, b }, { width, stroke, opacity }] of drawnLines) {
    context.strokeStyle = stroke;
    context.globalAlpha = opacity;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  }
  context.globalAlpha = 1;
}

function fillCircles(context, scale) {
  for (const { x, y, size, color } of drawnCircles) {
    context.lineWidth = Math.min(CIRCLE_BORDER / scale, size); // as vis-network has it
    context.fillStyle = color.background;
    context.strokeStyle = color.border;
    context.beginPath();
    context.arc(x, y, size, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

// `view` names the frame: where it is, its scale and size.
function makeLayer(view, { width, height, ratio, scale }) {
  const [beside, above] = [width, height].map((side) => Math.round(side * LAYER_MARGIN));
  const { x, y } = network.DOMtoCanvas({ x: -beside, y: -above });
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * beside) * ratio;
  canvas.height = (height + 2 * above) * ratio;
  const context = canvas.getContext('2d');
  context.setTransform(scale * ratio, 0, 0, scale * ratio, -x * scale * ratio, -y * scale * ratio);
  strokeLines(context);
  fillCircles(context, scale);
  const [across, down] = [(width + 2 * beside) / scale, (height + 2 * above) / scale];
  return { view, canvas, x, y, across, down };
}

// Draw what is ours in vis-network's context, which is in the coordinates of the circles. Returns
// whether the picture is on the move.
function drawLines(context) {
  if (!usesLayer()) {
    strokeLines(context);
    return false;
  }
  const { clientWidth: width, clientHeight: height, width: pixels } = context.canvas;
  const frame = { width, height, ratio: pixels / width, scale: network.getScale() };
  const view = JSON.stringify([network.getViewPosition(), frame]);
  const moves = layer !== null && layer.view !== view;
  if (moves) {
    clearTimeout(restTimer);
    restTimer = setTimeout(() => {
      layer = null;
      redrawSoon();
    }, REST);
  }
  if (!layer) layer = makeLayer(view, frame);
  context.drawImage(layer.canvas, layer.x, layer.y, layer.across, layer.down);
  return moves;
}
