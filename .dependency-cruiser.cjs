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
      '^src/(domain|ledger)/',
      top,
    ]),
    only('hooks', 'a hook never reaches a job, a plugin or a collection', '^hooks/', [
      '^src/(domain|ledger|commissions|adjustments|audit)/',
      top,
    ]),
    only('jobs', 'a job never reaches a hook or a plugin', '^jobs/', [
      '^src/(domain|ledger|commissions|adjustments)/',
      top,
    ]),
    only('collections', 'a collection knows its own hooks', '^collections/', [
      '^hooks/',
      '^src/(domain|admin)/',
      top,
    ]),
    only('admin', 'screens read, and decide nothing', '^src/admin/', [
      '^src/(domain|ledger)/',
      top,
    ]),
    only('plugins', 'plugins see every part; only payload.config sees plugins', '^plugins/', [
      '^(collections|hooks|jobs)/',
      '^src/(domain|ledger|commissions|adjustments|audit|admin)/',
      top,
    ]),
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
        path: '^(collections|hooks|jobs|plugins|src/(domain|ledger|schema|audit|commissions|admin)/)',
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
