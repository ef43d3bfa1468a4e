const MB = 1024 * 1024
const HEADER = 'id,status,commission,date\n'

/** The settings of a network that is read from these files. */
const settings = {
  mapping: {
    columns: { externalId: 'id', status: 'status', commission: 'commission', eventAt: 'date' },
    statuses: { approved: 'approved' },
    currency: 'INR',
  },
}

const fill = (unit: string, start = HEADER): Buffer => {
  const file = Buffer.alloc(10 * MB - 1, unit)
  file.write(start)
  return file
}

/** Files within the limit of bytes that take far more memory or time than their size. */
const files = (): { name: string; content: Buffer }[] => [
  { name: 'a file of 2.4 million short rows', content: fill('a,b\n') },
  { name: 'a file of one line of commas', content: fill(',', '') },
  { name: 'a file with a row of ten million columns', content: fill(',') },
  { name: 'a file of empty lines', content: fill('\n') },
  { name: 'a file with a quote that does not end', content: fill('a\n', `${HEADER}"`) },
  { name: 'a file of quotes', content: fill('"') },
]

export const staffFiles = { settings, files }
