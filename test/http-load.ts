/** Fresh codes over HTTP that never stop, to the API and to the pages of running servers. */
import { codeOfFactor } from './bank/held-token.ts'
import type { TestBank } from './bank/test-bank.ts'
import type { ServerProcess } from './server-process.ts'
import { visitor } from './web/visitor.ts'

export interface HttpLoad {
  /** The references of the verifications that were answered with `accepted`. */
  readonly accepted: ReadonlySet<string>
  /** Waits until so many more codes were accepted. */
  goOn(codes: number): Promise<void>
  /** Everything that was not accepted: refusals, statuses and errors. */
  stop(): Promise<readonly string[]>
}

/**
 * Customers with event-based tokens: three who verify codes through the API, and one who logs in
 * with a code. Each goes to the servers by turns.
 */
export async function startHttpLoad(
  bank: TestBank,
  servers: readonly ServerProcess[],
): Promise<HttpLoad> {
  const accepted = new Set<string>()
  const troubles: string[] = []
  let stopped = false
  let done = 0

  async function opened(ask: Ask, otpAtLogin: boolean) {
    const token = await bank.makeToken({ kind: 'hotp' })
    const customer = await bank.open({ token, otpAtLogin })
    return async () => {
      for (let counter = 0; !stopped && troubles.length === 0; counter += 1) {
        const server = servers[counter % servers.length]
        if (server === undefined) throw new Error('no server')
        const reference = `${customer.contractId} ${counter}`
        const code = { ...customer, otp: codeOfFactor(token, counter), reference }
        const answer = await ask(server, code).catch(String)
        if (answer !== 'accepted') troubles.push(`${reference}: ${answer}`)
        else if (ask === askApi) accepted.add(reference)
        done += 1
      }
    }
  }
  const api = Array.from({ length: 3 }, () => opened(askApi, false))
  const running = await Promise.all([...api, opened(logIn, true)])
  const ended = Promise.all(running.map((begin) => begin()))
  return {
    accepted,
    async goOn(codes) {
      const wanted = done + codes
      while (done < wanted && troubles.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    async stop() {
      stopped = true
      await ended
      return troubles
    },
  }
}

interface Code {
  readonly contractId: string
  readonly loginPassword: string
  readonly otp: string
  readonly reference: string
}
type Ask = (server: ServerProcess, code: Code) => Promise<string>

/** `accepted`, or what it was instead. */
export async function askApi(
  { origins, apiKey }: Pick<ServerProcess, 'origins' | 'apiKey'>,
  { contractId, otp, reference }: Omit<Code, 'loginPassword'>,
): Promise<string> {
  const answer = await fetch(`${origins.api}/v1/verifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ contractId, otp, reference, purpose: 'other' }),
  })
  const body = (await answer.json()) as { result?: string; code?: string }
  return body.result === 'accepted' ? 'accepted' : `${answer.status} ${body.code}`
}

async function logIn(server: ServerProcess, { contractId, loginPassword, otp }: Code) {
  const guest = visitor(server.origins.banking)
  const login = await guest.open('/1184/login')
  const asked = await guest.submit(login, { contractId, loginPassword })
  const home = await guest.submit(asked, { otp })
  return home.path === '/1184/home' ? 'accepted' : `${home.status} ${home.refusal}`
}
