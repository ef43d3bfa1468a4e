import { setTimeSource } from '../../src/platform/clock.ts'
import { hashPasswordsCheaply } from './hashPasswordsCheaply.ts'
import { recordRows, type RowRecord, saveRows } from './rowTypes/recordRows.ts'

/**
 * Runs before each test file. The files share a process, which loads the libraries once; our own
 * modules, and so the configuration, are evaluated anew for each file. What a file changes in the
 * process itself is put back after it.
 */
vi.resetModules()

const environment = { ...process.env }
const restoreHashing = hashPasswordsCheaply()
const records = new Map<string, RowRecord>()
recordRows(records)

// Registered first, so it runs last: after the hooks of the file.
afterAll(() => {
  saveRows(records)
  restoreHashing()
  setTimeSource(null)
  for (const key of Object.keys(process.env)) {
    if (!(key in environment)) Reflect.deleteProperty(process.env, key)
  }
  Object.assign(process.env, environment)
})
