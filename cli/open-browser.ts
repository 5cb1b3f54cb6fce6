import openWith from 'open';

/** Whether a browser was started: on a server, over ssh or in a container there is none, and the person opens the address. */
export async function openBrowser(address: string): Promise<boolean> {
  const { DISPLAY, WAYLAND_DISPLAY, BROWSER } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY && !BROWSER) return false;
  return openWith(address).then(
    () => true,
    () => false,
  );
}
