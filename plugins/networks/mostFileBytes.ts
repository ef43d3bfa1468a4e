/** The largest file that is taken, in bytes: 10 MB. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024
