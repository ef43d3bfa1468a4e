import {
  CASHBACK_MINOR,
  createNetworkWithOrders,
} from '../../../test/support/networks/simulatedNetwork.ts'
import { readBalance } from '../../../test/support/factories.ts'
import { runCli, startCli, startOperatorCli } from '../../../test/support/runCli.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

const LONG = 120_000
let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())
beforeEach(() => product.sql('update networks set is_on = false'))

const sync = (...args: string[]) => runCli(product.databaseUrl, ['sync', ...args])
const jsonOf = ({ out }: { out: string }) => JSON.parse(out) as Record<string, unknown>[]

const createNetwork = () => createNetworkWithOrders(product, { adapter: 'vcommission', simulator })
const until = async (query: string) => {
  while ((await product.sql(query)).length === 0);
}
const rowsOf = async () => {
  const tables = await product.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  const counts = await Promise.all(
    tables.map(({ name }) =>
      product.sql(
        `select '${name}' as name, md5(string_agg(t::text, '' order by t::text)) from "${name}" t`,
      ),
    ),
  )
  return counts.flat()
}

it(
  'a dry run reports what a run would change and writes nothing; the run makes these changes',
  async () => {
    const { member, name } = await createNetwork()
    const before = await rowsOf()
    const dry = await sync('--network', name, '--dry-run', '--json')
    expect(dry.code).toBe(0)
    const expected = { network: name, status: 'completed', created: 2, changed: 2, unattributed: 0 }
    const cashback = { INR: { credited: 2 * CASHBACK_MINOR, takenBack: 0 } }
    expect(jsonOf(dry)).toEqual([expect.objectContaining({ ...expected, cashback })])
    expect(await rowsOf()).toEqual(before)
    expect(jsonOf(await sync('--json', '--once'))).toEqual([expect.objectContaining(expected)])
    expect(await readBalance(product.payload, member)).toBe(2 * CASHBACK_MINOR)
    const again = await sync('--network', name)
    expect(again.out).toBe(
      `${name}  completed  2 rows, 0 new, 0 changed, 0 unattributed, 0 quarantined\n`,
    )
    expect(jsonOf(await sync('--replay', '--json'))).toEqual([
      expect.objectContaining({ status: 'completed', changed: 0, rows: 4 }),
    ])
  },
  LONG,
)

it(
  'the exit code is 1 when a network failed, and 2 for wrong arguments',
  async () => {
    const { id, name } = await createNetwork()
    await simulator.control('/faults', { provider: 'vcommission', fault: 'unauthorized' })
    const failed = await sync()
    expect([failed.code, failed.out]).toEqual([1, expect.stringContaining('network.unauthorized')])
    const wrong = [
      ['--network', 'no-such-network'],
      ['--network', name, '--from', 'yesterday'],
      ['--to', '2026-01-01'],
      ['--sideways'],
    ]
    for (const args of wrong) expect([args, (await sync(...args)).code]).toEqual([args, 2])
    expect(await product.sql(`select 1 from sync_runs where network_id = '${id}'`)).toHaveLength(1)
  },
  LONG,
)

it(
  'a second process skips a network that is being read; the next run records a killed one',
  async () => {
    const { id, member, name } = await createNetwork()
    await simulator.control('/faults', { provider: 'vcommission', fault: 'slow', seconds: 55 })
    const first = startCli(product.databaseUrl, ['sync', '--network', name])
    await until(`select 1 from sync_runs where network_id = '${id}'`)
    const second = await sync('--network', name)
    expect([second.code, second.out]).toEqual([0, `${name}  skipped  another run is reading it\n`])
    process.kill(-(first.child.pid ?? 0), 'SIGKILL') // with all that it started
    await first.ended
    await simulator.control('/faults', undefined, 'DELETE')
    await until(`select 1 where not exists (select 1 from pg_locks where locktype = 'advisory'
    and (classid::bigint << 32) | objid::bigint = hashtextextended('sync:${id}', 0))`)
    expect((await sync('--network', name)).code).toBe(0)
    const [lost] = await product.sql(`select status::text, error_code from sync_runs
    where network_id = '${id}' order by id limit 1`)
    expect(lost).toEqual({ status: 'failed', error_code: 'sync.worker-lost' })
    expect(await readBalance(product.payload, member)).toBe(2 * CASHBACK_MINOR)
  },
  LONG,
)

it(
  'SIGTERM ends a run as stopped, and the next run reads what is missing',
  async () => {
    const { id, member, name } = await createNetwork()
    await simulator.control('/faults', {
      provider: 'vcommission',
      fault: 'slow',
      seconds: 50,
      after: 2,
    })
    const { child, ended } = startOperatorCli(product.databaseUrl, ['sync', '--network', name])
    await until(`select 1 from sync_runs where network_id = '${id}' offset 2`)
    child.kill('SIGTERM')
    const { code, out } = await ended
    expect([code, out]).toEqual([1, expect.stringContaining('stopped')])
    const runs = await product.sql(
      `select status::text from sync_runs where network_id = '${id}' order by id`,
    )
    expect(runs.at(-1)).toEqual({ status: 'stopped' })
    await simulator.control('/faults', undefined, 'DELETE')
    expect((await sync('--network', name)).code).toBe(0)
    expect(await readBalance(product.payload, member)).toBe(2 * CASHBACK_MINOR)
  },
  LONG,
)
