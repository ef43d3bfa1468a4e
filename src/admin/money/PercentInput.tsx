'use client'
import type { NumberFieldClientProps } from 'payload'

import { bpsToDecimal, toBps } from '../../domain/percent.ts'
import { DecimalInput } from './DecimalInput.tsx'

/** A rate: typed as a percentage, stored as basis points. */
export const PercentInput = (props: NumberFieldClientProps) => (
  <DecimalInput
    {...props}
    hint="A percentage from 0 to 100 with at most two decimals."
    read={toBps}
    show={bpsToDecimal}
    suffix="%"
  />
)
