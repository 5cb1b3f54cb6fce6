import type { FastifyInstance } from 'fastify';

/** Every route that the portal has, as `GET /systems/:number`, read from the router itself; the files of the look left out, and the API, which is tried operation by operation (test/api). */
export async function routesOf(app: FastifyInstance): Promise<string[]> {
  await app.ready();
  const routes: string[] = [];
  // One line a node: its depth, its piece of the path, its methods.
  const above: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, piece, methods] = /^([│ ]*)[├└]── (\S+) \(([^)]*)\)$/.exec(line) ?? [];
    if (indent === undefined || piece === undefined || methods === undefined) {
      if (line !== '') throw new Error(`A line of the router was not understood: ${line}`);
      continue;
    }
    const depth = indent.length / 4;
    // Two routes that name one parameter differently stand as `:number|:fresh`.
    const path = (above[depth - 1] ?? '') + piece.replace(/(:\w+)(\|:\w+)+/g, '$1');
    above[depth] = path;
    const written = path.replace('//', '/');
    if (written.startsWith('/static/') || written.startsWith('/api/v1/')) continue;
    routes.push(...methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : [`${method} ${written}`])));
  }
  return routes.sort();
}
