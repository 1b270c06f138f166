import { describe, expect, it } from 'vitest'
import { faultOfTarget } from '../../../src/webhooks/target'

const isRefused = (url: string, anywhere = false) => faultOfTarget(url, anywhere) !== undefined

describe('a target', () => {
  it.each([
    'https://hooks.example.com/x?y=1',
    'https://example.com:8443/',
    'https://8.8.8.8/',
    'https://172.15.0.1/',
    'https://172.32.0.1/',
    'https://100.63.255.255/',
    'https://100.128.0.1/',
    'https://192.167.1.1/',
    'https://223.255.255.255/',
    'https://[2606:4700::1111]/',
    'https://[2001:4860:4860::8888]/',
    'https://localhost.example.com/',
  ])('that is public: %s', (url) => expect(isRefused(url)).toBe(false))

  it.each([
    'http://hooks.example.com/',
    'ftp://hooks.example.com/',
    '/relative',
    'nothing',
    'https://user@hooks.example.com/',
    'https://:secret@hooks.example.com/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://100.64.0.1/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.0.0.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://169.254.169.254/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.0.1/',
    'https://198.19.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fc00::1]/',
    'https://[fd12:3456::1]/',
    'https://[fe80::1]/',
    'https://[ff02::1]/',
    'https://[2001:db8::1]/',
    'https://[2001::1]/',
    'https://[2002:7f00:1::]/',
  ])('that is refused: %s', (url) => expect(isRefused(url)).toBe(true))

  it('may be anywhere in local development, if it is a web address', () => {
    expect(isRefused('http://127.0.0.1:9000/', true)).toBe(false)
    expect(isRefused('https://localhost/', true)).toBe(false)
    expect(isRefused('file:///etc/passwd', true)).toBe(true)
    expect(isRefused('http://user@127.0.0.1/', true)).toBe(true)
  })
})
