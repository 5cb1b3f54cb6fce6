const MB = 1024 * 1024;

/** How much somebody may upload at once. What is larger is refused before it is read, or while it comes. */
export const LIMITS = {
  files: 100,
  /** All files together, as sent; and what the archives among them hold, as it was before it was packed. */
  whole: 64 * MB,
  file: 15 * MB,
  /** What the cameras of telephones make, with room; a small file can hold a picture of any size. */
  pixels: 64_000_000,
  /** What a decoder holds of one picture: those pixels in red, green, blue and opacity. */
  unpacked: 256 * MB,
  /** Looking for codes, in milliseconds: what takes longer was made to take long. */
  picture: 15_000,
  pictures: 120_000,
};

/** What is left for one upload. */
export interface Left {
  /** In archives. */
  files: number;
  bytes: number;
  milliseconds: number;
}

export const allOfIt = (): Left => ({ files: LIMITS.files, bytes: LIMITS.whole, milliseconds: LIMITS.pictures });
