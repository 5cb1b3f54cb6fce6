const shapes = {
  arrow: 'M2 10h15M11 4l6 6-6 6',
  ok: 'M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM6.3 10.3l2.5 2.5 4.9-5.4',
  wait: 'M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z',
  late: 'M10 2.4 18.3 17.4H1.7ZM10 8v4.2M10 13.8v1.6',
  stop: 'M6.8 2h6.4L18 6.8v6.4L13.2 18H6.8L2 13.2V6.8ZM7.2 7.2l5.6 5.6M12.8 7.2l-5.6 5.6',
  off: 'M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM6 10h8',
  prepared: 'M3 3h14v14H3Z',
} as const;

const dashes: Partial<Record<IconName, string>> = { wait: '3.1 3.1', prepared: '3.5 2.1' };

export type IconName = keyof typeof shapes;

/** A drawn shape beside a word; never alone, so it is not read aloud. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
    <path d={shapes[name]} stroke-dasharray={dashes[name]} />
  </svg>
);
