import { ShimmerEffect } from '@payloadcms/ui'

const CARD = 330

/** In the sizes of what will be there. */
export const NetworksLoading = () => (
  <div aria-busy="true" aria-label="The networks are read" className="t-queues__loading">
    <ShimmerEffect height={64} width="100%" />
    <div className="t-nets">
      <ShimmerEffect height={CARD} width="100%" />
      <ShimmerEffect height={CARD} width="100%" />
      <ShimmerEffect height={CARD} width="100%" />
    </div>
    <ShimmerEffect height={260} width="100%" />
    <ShimmerEffect height={240} width="100%" />
  </div>
)
