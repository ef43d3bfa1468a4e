import { abuse } from './abuse/abuse.ts'
import { award } from './award.ts'
import { commits } from './commits/commits.ts'
import { guards } from './guards/guards.ts'
import { killWeb } from './killWeb.ts'
import { model } from './model/model.ts'
import { outbox } from './outbox/outbox.ts'
import { providerFaults } from './providerFaults.ts'
import { stories } from './stories/stories.ts'
import { syncKill } from './syncKill/syncKill.ts'
import { syncMemory } from './syncMemory.ts'
import type { Proof } from './types.ts'
import { withdrawals } from './withdrawals/withdrawals.ts'
import { zombies } from './zombies.ts'

/**
 * The proofs of `npm run proof -- <name>`. The longest quick forms come first, so that all lanes
 * finish at about the same time.
 */
export const proofs: Proof[] = [
  stories,
  syncKill,
  outbox,
  withdrawals,
  commits,
  killWeb,
  abuse,
  award,
  model,
  guards,
  zombies,
  providerFaults,
  syncMemory,
]
