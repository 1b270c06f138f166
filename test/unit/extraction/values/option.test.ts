// The option that the words of the page spell, and none where they spell several.
import { describe, expect, it } from 'vitest'
import { parseOption } from '../../../../src/extraction/values/option'

describe('parseOption', () => {
  const options = ['Male', 'Female', 'Third Party', 'third', 'Ledig']

  it.each([
    ['female', 'Female'],
    ['(x) Female', 'Female'],
    ['Male \u2611', 'Male'],
    ['[X] THIRD PARTY', 'Third Party'],
    ['LÉDIG', 'Ledig'],
    ['Fe-male', 'Female'],
  ])('reads %s', (raw, option) => {
    expect(parseOption(raw, options)).toBe(option)
  })

  it.each(['[x]', 'Male [ ] Female', 'Other', ''])('does not read %s', (raw) => {
    expect(parseOption(raw, options)).toBeUndefined()
  })

  it('reads an option that has no letters by its sign', () => {
    expect(parseOption(' + ', ['+', '-'])).toBe('+')
  })
})
