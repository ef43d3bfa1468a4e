'use client'
import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { slugOf } from './deskContext.ts'
import { DESK_KEYS } from './useDeskKeys.ts'

/** The keys of the desk. */
export const KeysDialog = () => (
  <DialogFrame heading="Keys" leaveLabel="Close" slug={slugOf('keys')}>
    <dl className="t-desk__keyList">
      {DESK_KEYS.map(([key, effect]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{effect}</dd>
        </div>
      ))}
    </dl>
  </DialogFrame>
)
