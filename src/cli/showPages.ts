/** Shows on a terminal how far a network is, in one line that the next one replaces; else nothing. */
export const showPages = (network: string) => {
  const write = (text: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`)
  }
  return {
    show: ({ pages, rows }: { pages: number; rows: number }) => {
      write(`${network}: ${pages} pages, ${rows} rows`)
    },
    clear: () => {
      write('')
    },
  }
}
