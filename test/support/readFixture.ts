import fs from 'node:fs'
import path from 'node:path'

import { projectRoot } from '../../src/platform/projectRoot.ts'

type Fixture = {
  request?: { body?: unknown; rawBody?: string; url?: string; headers?: Record<string, string> }
  response?: { status: number; headers: Record<string, string>; body: unknown }
}

/**
 * Reads a request or response of a provider as its documents show it; `_fixture` in the file states
 * its source.
 */
export const readFixture = (name: string): Fixture =>
  JSON.parse(
    fs.readFileSync(path.join(projectRoot(), 'src/simulator/fixtures', `${name}.json`), 'utf8'),
  ) as Fixture
