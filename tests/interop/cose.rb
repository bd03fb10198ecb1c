# SPDX-License-Identifier: GPL-3.0-or-later
# usage: cose.rb read PUBLIC.pem  : a code's text on stdin, its payload as JSON on stdout; fails if it does not verify
#        cose.rb write PRIVATE.pem: a payload as JSON on stdin, the code's text on stdout
# Reads and writes codes with Ruby's COSE, CBOR and OpenSSL, and nothing of ours.
require "cbor"
require "cose"
require "json"
require "openssl"

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
PREFIX = "KA1:"
EDDSA = -8
ES256 = -7

# The gem knows no EdDSA; what is signed is still its own work.
class EdDSA < COSE::Algorithm::SignatureAlgorithm
  def compatible_key?(_key)
    true
  end

  private

  def valid_signature?(key, signature, data)
    key.verify(nil, signature, data)
  end
end
COSE::Algorithm.register(EdDSA.new(EDDSA, "EdDSA"))

def from_base45(text)
  text.chars.each_slice(3).flat_map do |group|
    value = group.each_with_index.sum { |c, i| BASE45.index(c) * 45**i }
    group.size == 3 ? [value >> 8, value & 255] : [value]
  end.pack("C*")
end

def to_base45(bytes)
  bytes.bytes.each_slice(2).map do |pair|
    value = pair.size == 2 ? pair[0] * 256 + pair[1] : pair[0]
    digits = pair.size == 2 ? 3 : 2
    (0...digits).map { |i| BASE45[value / 45**i % 45] }.join
  end.join
end

def key_id(key)
  der = key.respond_to?(:public_to_der) ? key.public_to_der : key.public_key.to_der
  OpenSSL::Digest::SHA256.digest(der)[0, 4]
end

def read(key)
  text = $stdin.read.chomp
  raise "no #{PREFIX}" unless text.start_with?(PREFIX)

  message = COSE::Sign1.deserialize(from_base45(text.delete_prefix(PREFIX)))
  id = key_id(key)
  key.define_singleton_method(:kid) { id }
  message.verify(key)
  puts JSON.generate(CBOR.decode(message.payload).map { |e| e.is_a?(String) ? e.unpack1("H*") : e })
end

def raw_ecdsa(der)
  OpenSSL::ASN1.decode(der).value.map { |n| n.value.to_s(2).rjust(32, "\0") }.join
end

def write(key)
  eddsa = !key.is_a?(OpenSSL::PKey::EC)
  payload = JSON.parse($stdin.read).map { |e| e.is_a?(String) ? [e].pack("H*") : e }.to_cbor
  header = { 1 => eddsa ? EDDSA : ES256, 4 => key_id(key) }.to_cbor
  signed = ["Signature1", header, "".b, payload].to_cbor
  signature = eddsa ? key.sign(nil, signed) : raw_ecdsa(key.sign("SHA256", signed))
  puts PREFIX + to_base45(CBOR::Tagged.new(18, [header, {}, payload, signature]).to_cbor)
end

key = OpenSSL::PKey.read(File.read(ARGV[1]))
ARGV[0] == "read" ? read(key) : write(key)
