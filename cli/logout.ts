import { type PortalOptions, portalCommand } from './command.ts';
import { Connection, PortalRefusal, portalOf } from './connection.ts';
import { EXIT, Failure } from './problems.ts';
import { readProfile, writeProfile } from './profile.ts';
import { print, printJson } from './terminal/table.ts';

export function logoutCommand() {
  return portalCommand(
    'logout',
    'End the access of this program: the portal forgets the token, and so does this computer.',
  )
    .argument('[portal]', 'its address or host, if not the last one')
    .action(async (named: string | undefined, options: PortalOptions) => {
      const portal = portalOf({ ...options, ...(named && { portal: named }) });
      const { portals, current } = readProfile();
      const { [portal]: known, ...others } = portals;
      if (!known) throw new Failure(`You are not logged on to ${portal}.`, EXIT.notLoggedOn);
      await revoke(new Connection(portal, known.token));
      writeProfile({ portals: others, ...(current && current !== portal && { current }) });
      if (options.json) printJson({ portal, logged_on: false });
      else print(`You are logged off from ${portal}. The token opens nothing any more.\n`);
    });
}

/** One that the portal does not take any more needs no revoking. */
async function revoke(connection: Connection): Promise<void> {
  try {
    const { token } = await connection.call('showAccount', {});
    await connection.call('revokeAccessToken', { params: { id: token.id } });
  } catch (error) {
    if (!(error instanceof PortalRefusal) || error.code !== 'token-needed') throw error;
  }
}
