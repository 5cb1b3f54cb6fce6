/** A browser without script, for journeys that need no picture. The demonstration walks with the same one. */
export * from '../../cli/demo/form-client.ts';
