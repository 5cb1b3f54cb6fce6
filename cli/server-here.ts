import { EXIT, Failure } from './problems.ts';

const WHY_NOT = {
  'no-database': 'has no server database yet. Start the agent: it makes one.',
  unreadable: 'has a server database that cannot be read. The pages of the server say what to do.',
  'not-at-home':
    'has a database that came from another machine. An administrator must say on the pages of the server which system this is.',
};

/** The server whose agent has this environment, whether the agent runs or not. */
export async function serverHere() {
  const { readConfig } = await import('../agent/config.ts');
  const { serverAtHand } = await import('../agent/by-command.ts');
  const config = await readConfig(process.env).catch((error: Error) => {
    throw new Failure(`Which server? This needs the environment of its agent.\n${error.message}`, EXIT.usage);
  });
  const found = await serverAtHand(config);
  if (found.outcome === 'at-hand') return found.agent;
  throw new Failure(`${config.dataFolder} ${WHY_NOT[found.outcome]}`);
}
