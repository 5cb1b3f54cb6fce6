import { Command } from 'commander';

export interface PortalOptions {
  portal?: string;
  json?: boolean;
}

/** A command that talks with a portal. */
export function portalCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--portal <address>', 'which portal, if not the one that you logged on to last')
    .option('--json', 'answer in JSON, for programs');
}

export interface ActOptions extends PortalOptions {
  yes?: boolean;
}

/** A command that changes something: it shows what will happen and asks. */
export function actCommand(name: string, description: string): Command {
  return portalCommand(name, description).option('--yes', 'do not ask: you have read what will happen');
}
