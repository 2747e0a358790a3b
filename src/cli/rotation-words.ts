/** One step of a rotation of keys, as it is told while it goes on. */
export type RotationStep =
  | {
      readonly step: 'waiting-for-servers'
      readonly servers: readonly { readonly host: string; readonly pid: number }[]
    }
  | {
      readonly step: 'wrapping-key'
      readonly fingerprint: string
      readonly resumed: boolean
      readonly oldKeyStays?: string
    }
  | { readonly step: 'data-key'; readonly bank: string; readonly version: number }
  | { readonly step: 'under-way'; readonly bank: string }
  | { readonly step: 'sealing'; readonly done: number; readonly of: number }
  | { readonly step: 'waiting-for-readers' }
  | { readonly step: 'destroyed'; readonly bank: string }
  | { readonly step: 'left-to-servers' }
  | { readonly step: 'finished' }

/** The step in words for the operator. */
export function rotationWords(step: RotationStep): string {
  switch (step.step) {
    case 'waiting-for-servers': {
      const servers = step.servers.map(({ host, pid }) => `process ${pid} on ${host}`)
      return `waiting until the new key is read by ${servers.join(', ')}`
    }
    case 'wrapping-key': {
      const done = step.resumed
        ? `the wrapping key is ${step.fingerprint}: a rotation that was begun earlier is finished`
        : `the wrapping key is ${step.fingerprint} from now on`
      if (step.oldKeyStays === undefined) return done
      return `${done}; remove the second line of the key file: ${step.oldKeyStays}`
    }
    case 'data-key':
      return `bank ${step.bank} seals with version ${step.version} of its data key`
    case 'under-way':
      return `bank ${step.bank}: an earlier rotation is not finished, and is finished now`
    case 'sealing':
      return `sealed anew: ${step.done} of ${step.of} rows`
    case 'waiting-for-readers':
      return 'no row uses the old keys any more; they stay a moment for whoever reads one now'
    case 'destroyed':
      return `bank ${step.bank}: the old data key is destroyed`
    case 'left-to-servers':
      return 'the running servers seal anew what is there, and destroy the old data keys'
    case 'finished':
      return 'finished'
  }
}
