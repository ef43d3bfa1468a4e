import type { Config, Plugin } from 'payload'

import { applyAdjustment } from '../../hooks/applyAdjustment.ts'
import { extendCollection } from '../extendCollection.ts'
import { decideAdjustment } from './endpoints/decideAdjustment.ts'

/** Corrections by finance, with a second person above the limits of `finance-config`. */
export const adjustments =
  (): Plugin =>
  (config: Config): Config => ({
    ...config,
    collections: extendCollection(config.collections, 'adjustments', {
      hooks: { afterChange: [applyAdjustment] },
      endpoints: [decideAdjustment('approve'), decideAdjustment('reject')],
      controls: ['/plugins/adjustments/admin/DecisionControls#DecisionControls'],
    }),
  })
