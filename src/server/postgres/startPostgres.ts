import { execFile } from 'node:child_process'
import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

import { findBinaries } from './findBinaries.ts'
import { freePort } from './freePort.ts'
import { assertReachable, type Identity, runAs } from './runAs.ts'
import { PG_USER, runningPort } from './runningPort.ts'

const run = promisify(execFile)

export type Postgres = {
  /** The URL of one of its databases. */
  url: (database: string) => string
  stop: () => Promise<void>
}

export type PostgresOptions = {
  dataDir: string
  password: string
  /** Where `pg_ctl` is; by default that of the embedded PostgreSQL. */
  binDir?: string
  /** False for data that may be lost with the machine: faster. */
  isDurable?: boolean
}

/**
 * Starts a PostgreSQL of our own in `dataDir`, making it first when there is none, or finds the
 * one that runs there already. `pg_ctl` gives it a session of its own, so that Ctrl-C reaches us
 * and not the server, and a killed owner leaves a server that the next one takes over.
 */
export const startPostgres = async (options: PostgresOptions): Promise<Postgres> => {
  const dataDir = path.resolve(options.dataDir)
  const binDir = options.binDir ?? (await findBinaries())
  const identity = runAs()
  const isDurable = options.isDurable ?? true
  const server: Server = { ...options, binDir, dataDir, identity, isDurable }

  await fs.mkdir(path.dirname(dataDir), { recursive: true, mode: identity ? 0o711 : 0o700 })
  if (identity) await fs.chmod(path.dirname(dataDir), 0o711)
  for (const file of [path.join(binDir, 'pg_ctl'), dataDir]) assertReachable(file, identity)
  if (!(await exists(path.join(dataDir, 'PG_VERSION')))) await makeCluster(server)

  const port = await startedPort(server)
  return {
    url: (database) =>
      `postgres://${PG_USER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      await pgCtl(server, 'stop', '--mode=fast', '--wait')
    },
  }
}

type Server = Required<PostgresOptions> & { identity: Identity | undefined }

const exists = (file: string) =>
  fs.access(file).then(
    () => true,
    () => false,
  )

const asIdentity = ({ identity }: Pick<Server, 'identity'>) =>
  identity ? { uid: identity.uid, gid: identity.gid, cwd: '/' } : { cwd: '/' }

/**
 * Stops the server that runs on `dataDir`, whichever version it is, and whoever started it; does
 * nothing when none accepts our password.
 */
export const stopPostgres = async ({
  dataDir,
  password,
}: {
  dataDir: string
  password: string
}): Promise<void> => {
  if ((await runningPort({ dataDir, password })) === null) return
  const server = { binDir: await findBinaries(), dataDir, identity: runAs() }
  await pgCtl(server, 'stop', '--mode=immediate', '--wait')
}

/** Makes the cluster in another folder and renames it: a kill leaves no incomplete cluster. */
const makeCluster = async (server: Server): Promise<void> => {
  const made = `${server.dataDir}.new-${process.pid}`
  const passwordFile = `${made}.password`
  await fs.rm(made, { recursive: true, force: true })
  await fs.mkdir(made, { mode: 0o700 })
  await fs.writeFile(passwordFile, server.password, { mode: 0o600 })
  if (server.identity) {
    for (const file of [made, passwordFile]) {
      await fs.chown(file, server.identity.uid, server.identity.gid)
    }
  }
  const flags = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${PG_USER}`]
  if (!server.isDurable) flags.push('--no-sync')
  try {
    await run(
      path.join(server.binDir, 'initdb'),
      [...flags, `--pwfile=${passwordFile}`, `--pgdata=${made}`],
      asIdentity(server),
    )
    await fs.rename(made, server.dataDir)
  } catch (error) {
    // Another process of ours made the cluster meanwhile: then that one is used.
    if (!(await exists(path.join(server.dataDir, 'PG_VERSION')))) throw error
    await fs.rm(made, { recursive: true, force: true })
  } finally {
    await fs.rm(passwordFile, { force: true })
  }
}

/** Retries: the children of a killed server hold its memory for a moment longer. */
const startedPort = async (server: Server): Promise<number> => {
  let problem: unknown
  for (const patience of [0, 300, 1_000, 2_000, 3_000, 4_000]) {
    await wait(patience)
    const running = await runningPort(server)
    if (running !== null) return running
    const port = await freePort()
    try {
      await pgCtl(server, 'start', '--wait', ...startFlags(server, port))
      return port
    } catch (error) {
      problem = error
    }
  }
  const log = await fs.readFile(path.join(server.dataDir, 'server.log'), 'utf8').catch(() => '')
  throw new Error(`PostgreSQL did not start. The end of its log:\n${log.slice(-1_500)}`, {
    cause: problem,
  })
}

const startFlags = ({ dataDir, isDurable }: Server, port: number): string[] => {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...(isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  const flags = settings.map((setting) => `-c ${setting.replace(/=$/, "=''")}`).join(' ')
  return [`--log=${path.join(dataDir, 'server.log')}`, '-o', flags]
}

const pgCtl = (
  server: Pick<Server, 'binDir' | 'dataDir' | 'identity'>,
  action: string,
  ...flags: string[]
) =>
  // stdio of the server must not be ours: it would hold our pipe open for as long as it lives.
  run(path.join(server.binDir, 'pg_ctl'), [action, `--pgdata=${server.dataDir}`, ...flags], {
    ...asIdentity(server),
    timeout: 60_000,
  })
