// Arrow keys walk over the tile map of the wards; Tab enters and leaves it as one stop.

/** Make the tile maps inside `root` walkable. Without this script every tile is a tab stop of its own. */
export function startTileMaps(root) {
  for (const map of root.querySelectorAll("[data-tile-map]")) {
    const tiles = [...map.querySelectorAll("a.tile")];
    if (map.dataset.walkable !== undefined || tiles.length === 0) continue;
    map.dataset.walkable = "";
    stopAt(tiles, tiles.find((tile) => tile.hasAttribute("aria-current")) ?? tiles[0]);
    map.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const from = event.target.closest("a.tile");
      const to = from && destination(tiles, from, event.key);
      if (!to) return;
      event.preventDefault();
      stopAt(tiles, to);
      to.focus();
    });
    map.addEventListener("focusin", (event) => {
      const tile = event.target.closest("a.tile");
      if (tile) stopAt(tiles, tile);
    });
  }
}

/** Let Tab stop at one tile only. */
function stopAt(tiles, chosen) {
  for (const tile of tiles) tile.tabIndex = tile === chosen ? 0 : -1;
}

/** Return the tile that a key leads to: the nearest one in its direction, the first or the last. */
function destination(tiles, from, key) {
  if (key === "Home") return tiles[0];
  if (key === "End") return tiles.at(-1);
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const step = steps[key];
  if (!step) return null;
  const here = place(from);
  let nearest = null;
  let least = Infinity;
  for (const tile of tiles) {
    const there = place(tile);
    const ahead = (there.row - here.row) * step[0] + (there.column - here.column) * step[1];
    const aside = Math.abs((there.row - here.row) * step[1]) + Math.abs((there.column - here.column) * step[0]);
    // Sideways keys stay in their row; up and down may lean over to the nearest column.
    if (ahead <= 0 || (step[0] === 0 && aside > 0)) continue;
    const distance = ahead * 10 + aside;
    if (distance < least) [nearest, least] = [tile, distance];
  }
  return nearest;
}

/** Return row and column of a tile. */
function place(tile) {
  return { row: Number(tile.dataset.row), column: Number(tile.dataset.column) };
}
