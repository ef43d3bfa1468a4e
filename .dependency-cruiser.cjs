const code = '^(collections|hooks|jobs|plugins|src|payload\\.config\\.ts)'
const test = '\\.test\\.tsx?$'
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: test },
  to: { path: code, pathNot: [from, ...allowed] },
})
const top = '^src/[^/]+\\.ts$' // env, clock, logger, payload-types
const schema = '^src/schema/'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'the rules of money run without a server',
      from: { path: '^src/domain/', pathNot: test },
      to: { pathNot: '^src/domain/' },
    },
    only('ledger', 'one way into a wallet', '^src/ledger/', ['^src/domain/', schema, top]),
    only('schema', 'tables know no features', schema, [top]),
    only('audit', 'what hooks, endpoints and commands share', '^src/audit/', [
      '^src/(domain|ledger)/',
      top,
    ]),
    only('adjustments', 'what hooks and endpoints share', '^src/adjustments/', [
      '^src/(domain|ledger|audit)/',
      top,
    ]),
    only('commissions', 'what hooks, jobs and commands share', '^src/commissions/', [
      '^src/(domain|ledger|outbox|messaging)/',
      top,
    ]),
    only('messaging', 'what is said, and the wire to who carries it', '^src/messaging/', [
      '^src/domain/',
      top,
    ]),
    only('networks', 'what networks say, in our words', '^src/networks/', ['^src/domain/', top]),
    {
      name: 'adapters-not-payload',
      severity: 'error',
      comment: 'an adapter translates, and knows no rows',
      from: { path: '^src/(messaging|networks)/', pathNot: test },
      to: { path: 'node_modules/(payload|@payloadcms)' },
    },
    only('sync', 'the reducer: what networks say becomes cashback', '^src/sync/', [
      '^src/(domain|ledger|audit|outbox|messaging|networks)/',
      top,
    ]),
    only('clicks', 'ways out to shops', '^src/clicks/', [
      '^src/(domain|ledger|networks|sync)/',
      top,
    ]),
    only('outbox', 'rows to be sent', '^src/outbox/', [
      '^src/(domain|ledger|audit|messaging|schema)/',
      top,
    ]),
    only('otp', 'codes that prove a phone', '^src/otp/', [
      '^src/(domain|ledger|audit|messaging|outbox)/',
      top,
    ]),
    only('clicks', 'ways to shops, for the edge and for endpoints', '^src/clicks/', [
      '^src/(domain|ledger|networks|sync)/',
      top,
    ]),
    only('claims', 'what members miss, and the answer', '^src/claims/', [
      '^src/(domain|ledger|audit|messaging|outbox)/',
      top,
    ]),
    only('orphans', 'sales that belong to nobody, until somebody decides', '^src/orphans/', [
      '^src/(domain|ledger|audit|adjustments|claims|sync)/',
      top,
    ]),
    only('reconciliation', 'what networks pay, beside what they said', '^src/reconciliation/', [
      '^src/(domain|ledger|audit|networks|sync)/',
      top,
    ]),
    only('operations', 'what is asked of a running product', '^src/operations/', [
      '^jobs/defineJob\\.ts$',
      '^src/(domain|ledger|audit|outbox|messaging)/',
      top,
    ]),
    only('hooks', 'a hook never reaches a job, a plugin or a collection', '^hooks/', [
      '^src/(domain|ledger|commissions|adjustments|audit|outbox|messaging|networks|sync)/',
      top,
    ]),
    only('jobs', 'a job never reaches a hook or a plugin', '^jobs/', [
      '^src/(domain|ledger|commissions|adjustments|outbox|messaging|networks|sync)/',
      top,
    ]),
    only('collections', 'a collection knows its own hooks', '^collections/', [
      '^hooks/',
      '^src/(domain|admin|messaging)/',
      top,
    ]),
    only('admin', 'screens read, and decide nothing', '^src/admin/', [
      '^src/(domain|ledger)/',
      top,
    ]),
    only('plugins', 'plugins see every part; only payload.config sees plugins', '^plugins/', [
      '^(collections|hooks|jobs)/',
      '^src/(domain|ledger|commissions|adjustments|audit|outbox|otp|messaging|operations|admin)/',
      '^src/(networks|sync|clicks|orphans|claims|reconciliation)/',
      top,
    ]),
    only('simulator', 'a peer on the wire, never a friend in memory', '^src/simulator/', []),
    {
      name: 'simulator-is-a-process',
      severity: 'error',
      comment: 'nothing of the product leans on what stands in for its providers',
      from: { path: code, pathNot: [test, '^src/(simulator|cli|testing|proofs|bench)/'] },
      to: { path: '^src/simulator/' },
    },
    {
      name: 'processes-are-last',
      severity: 'error',
      comment: 'nothing of the product knows the processes that run it',
      from: {
        path: '^(collections|hooks|jobs|plugins|payload\\.config|src/(domain|ledger|schema|audit|commissions|admin)/)',
        pathNot: test,
      },
      to: { path: '^src/(server|cli|demo|proofs|bench|testing)/' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      comment: 'the product does not need its tests',
      from: { path: code, pathNot: [test, '^src/(testing|proofs|bench)/'] },
      to: { path: '^src/testing/' },
    },
    {
      name: 'env-in-one-place',
      severity: 'error',
      comment: 'everything else receives options',
      from: {
        path: '^(collections|hooks|jobs|plugins|src/(domain|ledger|schema|audit|commissions|admin|networks)/)',
        pathNot: test,
      },
      to: { path: '^src/env\\.ts', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'agenda-in-one-place',
      severity: 'error',
      from: { pathNot: '^src/(server|bench)/' },
      to: { path: 'node_modules/(agenda|@agendajs)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
