// Plain JavaScript that an old Node can run: it is what tells the reader that the Node is too old.

/** @returns {string | undefined} the sentence to print when this Node cannot run Datestone */
export function tooOld(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return undefined;
  return (
    `Datestone needs Node 22.18 or later, and this is Node ${version}. ` +
    'Start it with "npm start": npm installs a Node that fits beside the project and uses it.'
  );
}
