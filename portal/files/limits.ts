const MB = 1024 * 1024;

/** How much somebody may upload at once. What is larger is refused before it is read, or while it comes. */
export const LIMITS = {
  files: 100,
  /** All files together, as sent; and what an archive holds, as it was before it was packed. */
  whole: 64 * MB,
  file: 15 * MB,
  /** What the cameras of telephones make, with room; a small file can hold a picture of any size. */
  pixels: 64_000_000,
};
