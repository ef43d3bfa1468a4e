/**
 * What a file of staff may have at most. Together with the memory of the process that reads it, they
 * bound what a file can take, whatever is in it. A network's months fit; more is split.
 */
export const FILE_LIMITS = {
  /** Rows below the header, empty ones left out. */
  rows: 50_000,
  columns: 200,
  /** Characters of a cell, as in spreadsheets. */
  cell: 32_767,
  /** Characters of all cells of a row. */
  row: 200_000,
  /** Characters of the header and of the lines above it, which every page repeats. */
  header: 20_000,
  /** Unreadable lines that are listed; all of them are counted. */
  errors: 500,
  /** Bytes of the parts of a workbook, counted while they are unpacked. */
  unpacked: 128 * 1024 * 1024,
  /** Characters of a workbook's texts. */
  text: 20 * 1024 * 1024,
} as const
