/** Where everything of the demonstration is, and whom to log on as. */
export interface Places {
  portal: string;
  mailbox: string;
  provider: string;
  enterpriseServer: string;
  smartxServer: string;
  integrator: string;
  endUser: string;
  administrator: string;
  password: string;
  data: string;
}

/** One password for the whole cast: nothing of the demonstration leaves this machine. */
export const PASSWORD = 'datestone-demo';
export const ADMINISTRATOR = 'admin';
