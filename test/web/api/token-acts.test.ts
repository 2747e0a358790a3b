/** Start, exchange, stop and suspension through the API: done, refused, replayed, two at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoApiKey } from '../../../src/store/demo/seed-demo.ts'
import { codeAt, type HeldToken, wrongCodes } from '../../bank/held-token.ts'
import { MORNING_MS, openTestBank, type TestBank, WRAPPING_KEY } from '../../bank/test-bank.ts'
import { expectProblem, type Site, serveApi } from '../http.ts'

let bank: TestBank
let api: Site
beforeAll(async () => {
  bank = await openTestBank()
  api = await serveApi(bank.ports)
})
afterAll(async () => {
  await api.close()
  await bank.close()
})

const headers = {
  'content-type': 'application/json',
  authorization: `Bearer ${demoApiKey(WRAPPING_KEY)}`,
}
const call = (method: string, path: string, body?: object) =>
  fetch(`${api.origin}${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
const tokenOf = (contractId: string) => `/v1/contracts/${contractId}/token`
const code = (token: HeldToken) => codeAt(token, MORNING_MS)
const verify = async (contractId: string, token: HeldToken) => {
  const body = { contractId, otp: code(token), purpose: 'other' }
  return (await call('POST', '/v1/verifications', body)).json()
}
const receipt = { receiptNo: expect.stringMatching(/^\d+$/), receivedAt: expect.any(String) }
const statuses = async (answers: Promise<Response>[]) =>
  (await Promise.all(answers)).map((answer) => answer.status).sort()

describe('start', () => {
  test('done, and replayed it is refused', async () => {
    const { contractId } = await bank.open()
    const token = await bank.makeToken({ state: 'provisioned' })
    const body = { serial: token.serial, otp: code(token) }
    const started = await call('POST', tokenOf(contractId), body)
    expect([started.status, await started.json()]).toEqual([
      200,
      { ...receipt, serial: token.serial },
    ])
    await expectProblem(await call('POST', tokenOf(contractId), body), 422, 'has-token')
    const contract = await call('GET', `/v1/contracts/${contractId}`)
    expect(await contract.json()).toMatchObject({ token: { serial: token.serial }, frozen: false })
  })

  test('refused: a contract that is not there, a serial that is not, a wrong code', async () => {
    const { contractId } = await bank.open()
    const token = await bank.makeToken({ state: 'provisioned' })
    const body = { serial: token.serial, otp: code(token) }
    const nobody = await call('POST', tokenOf('T99999999'), body)
    await expectProblem(nobody, 422, 'no-token', 'contractId')
    const unknown = await call('POST', tokenOf(contractId), { ...body, serial: 'GM00000000' })
    await expectProblem(unknown, 422, 'serial-unknown', 'serial')
    const [otp = ''] = wrongCodes(token, MORNING_MS, 1)
    await expectProblem(
      await call('POST', tokenOf(contractId), { ...body, otp }),
      422,
      'wrong-code',
      'otp',
    )
  })

  test('two at once: one token', async () => {
    const { contractId } = await bank.open()
    const tokens = [
      await bank.makeToken({ state: 'provisioned' }),
      await bank.makeToken({ state: 'provisioned' }),
    ]
    const starts = tokens.map((token) =>
      call('POST', tokenOf(contractId), { serial: token.serial, otp: code(token) }),
    )
    expect(await statuses(starts)).toEqual([200, 422])
  })

  test('a stranger who knows the serial locks himself out, not the owner', async () => {
    const token = await bank.makeToken()
    const owner = await bank.open({ token })
    const stranger = await bank.open()
    const answers: string[] = []
    for (const otp of wrongCodes(token, MORNING_MS, 12)) {
      const path = tokenOf(stranger.contractId)
      const answer = await call('POST', path, { serial: token.serial, otp })
      answers.push(((await answer.json()) as { code: string }).code)
    }
    expect(answers.slice(0, 6)).toEqual(Array(6).fill('wrong-code'))
    expect(answers.slice(6)).toEqual(Array(6).fill('locked-confirmation'))
    expect(await verify(owner.contractId, token)).toMatchObject({ result: 'accepted' })
  })
})

describe('exchange', () => {
  test('done: the old token is dead, the new one lives; replayed it is refused', async () => {
    const token = await bank.makeToken()
    const { contractId } = await bank.open({ token })
    const successor = await bank.makeToken({ state: 'provisioned' })
    const body = { currentOtp: code(token), serial: successor.serial, otp: code(successor) }
    const exchanged = await call('PUT', tokenOf(contractId), body)
    expect([exchanged.status, await exchanged.json()]).toEqual([
      200,
      { ...receipt, serial: successor.serial, oldSerial: token.serial },
    ])
    await expectProblem(await call('PUT', tokenOf(contractId), body), 422, 'same-serial', 'serial')
    const old = await call('GET', `/v1/tokens/${token.serial}`)
    expect(await old.json()).toMatchObject({ state: 'exchanged' })
  })

  test('refused without a right code of the old token, and nothing is changed', async () => {
    const token = await bank.makeToken()
    const { contractId } = await bank.open({ token })
    const successor = await bank.makeToken({ state: 'provisioned' })
    const [currentOtp = ''] = wrongCodes(token, MORNING_MS, 1)
    const body = { currentOtp, serial: successor.serial, otp: code(successor) }
    await expectProblem(
      await call('PUT', tokenOf(contractId), body),
      422,
      'wrong-code',
      'currentOtp',
    )
    expect(await verify(contractId, token)).toMatchObject({ result: 'accepted' })
  })

  test('two at once: exactly one valid token', async () => {
    const token = await bank.makeToken()
    const { contractId } = await bank.open({ token })
    const exchanges = await Promise.all(
      [1, 2].map(async () => {
        const { serial, ...successor } = await bank.makeToken({ state: 'provisioned' })
        const otp = codeAt(successor, MORNING_MS)
        return { currentOtp: code(token), serial, otp }
      }),
    )
    const answers = exchanges.map((body) => call('PUT', tokenOf(contractId), body))
    expect(await statuses(answers)).toEqual([200, 422])
  })
})

describe('stop', () => {
  test('done, replayed and two at once: the token is of no use any more', async () => {
    const token = await bank.makeToken()
    const { contractId } = await bank.open({ token })
    const body = { otp: code(token) }
    const stops = [1, 2].map(() => call('DELETE', tokenOf(contractId), body))
    expect(await statuses(stops)).toEqual([200, 422])
    await expectProblem(await call('DELETE', tokenOf(contractId), body), 422, 'no-token')
    expect(await verify(contractId, token)).toEqual({ result: 'refused', code: 'no-token' })
    const again = { serial: token.serial, otp: code(token) }
    await expectProblem(
      await call('POST', tokenOf(contractId), again),
      422,
      'serial-unknown',
      'serial',
    )
  })
})

describe('suspension', () => {
  test('done at once, also for a code that would have been right; two at once are one', async () => {
    const token = await bank.makeToken()
    const { contractId } = await bank.open({ token })
    const path = `/v1/tokens/${token.serial}/suspend`
    expect(await statuses([call('POST', path), call('POST', path)])).toEqual([200, 422])
    expect(await verify(contractId, token)).toEqual({ result: 'refused', code: 'token-suspended' })
    await expectProblem(await call('POST', path), 422, 'token-suspended', 'serial')
  })

  test('refused for a token that no customer of this bank uses', async () => {
    const token = await bank.makeToken()
    const path = `/v1/tokens/${token.serial}/suspend`
    await expectProblem(await call('POST', path), 422, 'serial-unknown', 'serial')
  })
})
