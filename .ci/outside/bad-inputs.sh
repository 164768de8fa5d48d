#!/usr/bin/env bash
# Gives the program as users start it a folder of awkward inputs: damaged pictures and tables, bombs, special files, odd
# configurations, networks and run folders. Each must be refused by exit code 2 and one line that names the place, without a
# stack trace or control characters, and without writing anything. CASES is a pattern of names, default all.
# Exits 0 (right), 1 (wrong), 77 (cannot be tried).
set -u
project=$(cd "$(dirname "$0")/../.." && pwd)
command -v python3 >/dev/null || { echo "needs python3 to write the inputs"; exit 77; }
"$project/submit/espalier" --version >/dev/null || exit 77
work=$(mktemp -d "${TMPDIR:-/tmp}/espalier-bad.XXXXXX") || exit 77
trap 'rm -rf "$work"' EXIT
mkdir "$work/in" "$work/tmp"
export ESPALIER_LOG=$work/log TMPDIR=$work/tmp ESPALIER_HEAP=${ESPALIER_HEAP:-512m}

# Writes the inputs into folders of their own, and into 'cases' what to call: a name, what the message must say and the
# arguments, between tabs.
(cd "$work/in" && python3 - >"$work/cases" <<'PY'
import base64, gzip, io, os, random, struct, sys, zipfile, zlib

numbers = random.Random(0)
names = set()
MODEL = '''network: {type: readyMade, family: plain, widths: [2, 2, 2, 2, 2, 2]}
training: {epochs: 1, batchSize: 4, optimiser: {type: sgd, learningRate: 0.01}}
'''

def write(path, content=b''):
    os.makedirs(os.path.dirname(path) or b'.' if isinstance(path, bytes) else os.path.dirname(path) or '.', exist_ok=True)
    with open(path, 'wb') as file:
        file.write(content if isinstance(content, bytes) else content.encode())

def case(name, expected, *arguments):
    assert name not in names, name
    names.add(name)
    print('\t'.join((name, expected) + arguments))

def config(name, expected, text, command='train'):
    write(name + '/c.yaml', text)
    case(name, expected, command, '--config', name + '/c.yaml', '--output', 'run')

def data(name, expected, settings):
    config(name, expected, 'data: {%s}\n' % settings + MODEL)

def chunk(kind, content, crc=None):
    return struct.pack('>I', len(content)) + kind + content + struct.pack('>I', zlib.crc32(kind + content) if crc is None else crc)

def png(width=8, height=8, cut=None, crc=None, pixels=None):
    rows = pixels if pixels is not None else b''.join(b'\0' + bytes(numbers.randrange(256) for _ in range(width)) for _ in range(height))
    packed = zlib.compress(rows)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0))
            + chunk(b'IDAT', packed[:cut] if cut else packed, crc) + chunk(b'IEND', b''))

JPEG = base64.b64decode(
    '/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4z'
    'NDL/wAALCAAQABABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJx'
    'FDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZ'
    'mqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AOF1szxa45uodMeRmjZRCsaKwbDs'
    'BMiqmFkV0aQEMMMMnqrre7utU1DVm0q6aJfJlkS4utzNMyhhI0jH+PyRKVDFgqFl5Ztxmt4LrQbbTJW0q1R9QspITczFZrV40IDN5aI26QEgbmDAFhwc'
    'ZDr21n1PVp3eOEWFrblSIo3aMbmeNXymVVvNZmXPJC8Bsqr/AP/Z')

# Pictures in class folders: five good ones a class, and one that is not.
def pictures(name, bad=None, content=b'', more='height: 8, width: 8', expected=None):
    for label in 'ab':
        for i in range(5):
            write('%s/data/%s/%d.png' % (name, label, i), png())
    if bad:
        write('%s/data/a/%s' % (name, bad), content)
    data(name, expected if expected is not None else bad, 'format: folder, path: %s/data, %s' % (name, more))

pictures('png-empty', 'x.png', b'')
pictures('png-signature-only', 'x.png', b'\x89PNG\r\n\x1a\n')
pictures('png-cut-in-the-header', 'x.png', png()[:20])
pictures('png-cut-in-the-pixels', 'x.png', png()[:50])
pictures('png-short-pixels', 'x.png', png(pixels=b'\0' + bytes(8)))
pictures('png-pixels-not-deflate', 'x.png', png()[:41] + b'\xff' * 20 + png()[61:])
pictures('png-wrong-crc', 'x.png', png(crc=1))
pictures('png-no-columns', 'x.png', png(0, 8, pixels=b'\0' * 8))
pictures('png-60000-by-60000', 'x.png', png(60000, 60000, pixels=b'\0' * 10))
pictures('png-two-billion-columns', 'x.png', png(2**31 - 1, 1, pixels=b'\0' * 10))
pictures('jpeg-cut', 'x.jpg', JPEG[:400])
pictures('jpeg-start-only', 'x.jpg', JPEG[:2])
pictures('jpeg-then-noise', 'x.jpg', JPEG[:20] + bytes(numbers.randrange(256) for _ in range(300)))
pictures('jpeg-no-rows', 'x.jpg', JPEG.replace(b'\xff\xc0\0\x0b\x08\0\x10\0\x10', b'\xff\xc0\0\x0b\x08\0\0\0\x10'))
pictures('gif-head-only', 'x.gif', b'GIF89a\x10\0\x10\0')
pictures('gif-no-picture', 'x.gif', b'GIF89a\x10\0\x10\0\0\0\0;')
pictures('webp-head-only', 'x.webp', b'RIFF\x20\0\0\0WEBPVP8 ')
pictures('tiff-loop', 'x.tif', b'II*\0\x08\0\0\0\0\0\x08\0\0\0')
pictures('tiff-beyond-the-end', 'x.tif', b'II*\0\xff\xff\xff\x7f')
pictures('bmp-head-only', 'x.bmp', b'BM' + bytes(12))
pictures('web-page-as-jpeg', 'x.jpg', b'<!DOCTYPE html><title>Sign in</title>')
pictures('git-lfs-pointer', 'x.png', b'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 123\n')
pictures('zeros', 'x.png', bytes(4096))
pictures('name-with-escapes', 'x\x1b[31m\nespalier: all is well.png', b'no picture', expected='x')
pictures('sizes-differ', 'x.png', png(9, 8), more='channels: 1')
pictures('height-alone', more='height: 8', expected='width')
pictures('negative-height', more='height: -8, width: 8', expected='height')
pictures('two-channels', more='channels: 2', expected='channels')
pictures('link-to-nowhere', expected='gone.png')
os.symlink('/nowhere/gone.png', 'link-to-nowhere/data/a/gone.png')
pictures('link-to-itself', expected='loop')
os.symlink('loop', 'link-to-itself/data/a/loop')
pictures('link-to-its-folder', expected='round')
os.symlink('..', 'link-to-its-folder/data/a/round')
pictures('pipe-as-picture', expected='pipe.png')
os.mkfifo('pipe-as-picture/data/a/pipe.png')
pictures('device-as-picture', expected='zero.png')
os.symlink('/dev/zero', 'device-as-picture/data/a/zero.png')
for i in range(9):
    write('one-class/data/a/%d.png' % i, png())
data('one-class', "one class, 'a'", 'format: folder, path: one-class/data')
write('empty-class/data/a/0.png', png()); write('empty-class/data/a/1.png', png()); os.mkdir('empty-class/data/b')
data('empty-class', 'b', 'format: folder, path: empty-class/data')
write('no-class-folders/data/0.png', png()); write('no-class-folders/data/1.png', png())
data('no-class-folders', 'no-class-folders/data', 'format: folder, path: no-class-folders/data')
for part, labels in (('train', 'ab'), ('val', 'ac')):
    for label in labels:
        for i in range(4):
            write('other-classes/data/%s/%s/%d.png' % (part, label, i), png())
data('other-classes', 'other-classes/data', 'format: folder, path: other-classes/data')
write('file-as-folder/data', png())
data('file-as-folder', 'file-as-folder/data', 'format: folder, path: file-as-folder/data')
os.mkdir('nothing')
data('no-files', 'nothing', 'format: folder, path: nothing')
data('empty-path', 'path', "format: folder, path: ''")
data('path-with-nul', 'path', 'format: folder, path: "a\\0b"')
data('path-of-a-pattern', '*', "format: folder, path: 'no/*/such'")
data('path-without-file-system', 's3a', 'format: folder, path: s3a://bucket/data')
data('path-of-the-web', 'http', 'format: idx, path: http://127.0.0.1:9/data')
data('path-with-a-bad-escape', '%zz', "format: folder, path: 'file:///data/%zz'")

# MNIST's files.
def idx(name, expected, head=None, images=None, labels=None, suffix='', pack=lambda content: content):
    for part, count in (('train', 12), ('t10k', 6)):
        pictures_file = head or struct.pack('>IIII', 0x803, count, 4, 4)
        write('%s/data/%s-images-idx3-ubyte%s' % (name, part, suffix),
              pack(pictures_file + (images if images is not None else bytes(16 * count))))
        write('%s/data/%s-labels-idx1-ubyte%s' % (name, part, suffix),
              pack(labels if labels is not None else struct.pack('>II', 0x801, count) + bytes(i % 2 for i in range(count))))
    data(name, expected, 'format: idx, path: %s/data' % name)

idx('idx-empty', 'ubyte', images=b'', head=b' ')
idx('idx-half-a-head', 'ubyte', images=b'', head=struct.pack('>II', 0x803, 12))
idx('idx-floats', 'ubyte', head=struct.pack('>IIII', 0xD03, 12, 4, 4))
idx('idx-two-billion-images', 'ubyte', head=struct.pack('>IIII', 0x803, 2**31 - 1, 4, 4))
idx('idx-negative-count', 'ubyte', head=struct.pack('>IIII', 0x803, 2**32 - 1, 4, 4))
idx('idx-no-rows', 'ubyte', head=struct.pack('>IIII', 0x803, 12, 0, 4))
idx('idx-product-overflows', 'ubyte', head=struct.pack('>IIII', 0x803, 65536, 65536, 65536))
idx('idx-more-than-it-says', 'ubyte', images=bytes(16 * 12 + 5))
idx('idx-no-labels', 'ubyte', labels=b'')
idx('idx-labels-are-images', 'ubyte', labels=struct.pack('>IIII', 0x803, 12, 4, 4) + bytes(192))
idx('idx-not-gzip', '.gz', suffix='.gz')
idx('idx-gzip-cut', '.gz', suffix='.gz', pack=lambda content: gzip.compress(content)[:-9])
idx('idx-gzip-wrong-sum', '.gz', suffix='.gz', pack=lambda content: gzip.compress(content)[:-8] + bytes(8))
idx('idx-gzip-bomb', '.gz', suffix='.gz', images=bytes(300 << 20), pack=lambda content: gzip.compress(content, 1))
idx('idx-as-pipe', 'train-images')
os.remove('idx-as-pipe/data/train-images-idx3-ubyte')
os.mkfifo('idx-as-pipe/data/train-images-idx3-ubyte')

# Tables of pixels.
def csv(name, expected, content, more=''):
    write(name + '/data.csv', content)
    data(name, expected, 'format: csv, path: %s/data.csv, height: 2, width: 2%s' % (name, more))

ROWS = ''.join('%d,1,2,3,4\n' % (i % 2) for i in range(20))
csv('csv-header-not-told', 'line 1', 'label,a,b,c,d\n' + ROWS)
csv('csv-header-alone', 'data.csv', 'label,a,b,c,d\n', ', header: true')
csv('csv-negative-label', 'line 21', ROWS + '-1,1,2,3,4\n')
csv('csv-half-a-label', 'line 21', ROWS + '1.5,1,2,3,4\n')
csv('csv-huge-label', 'line 21', ROWS + '99999999999999999999,1,2,3,4\n')
csv('csv-too-many-columns', 'line 21', ROWS + '1,1,2,3,4,5\n')
csv('csv-no-number', 'line 21', ROWS + '1,1,nan,3,4\n')
csv('csv-beyond-numbers', 'line 21', ROWS + '1,1,1e400,3,4\n')
csv('csv-open-quote', 'data.csv', ROWS + '1,"1,2,3,4\n')
csv('csv-separators-mixed', 'line 21', ROWS + '1;1;2;3;4\n')
csv('csv-nul', 'line 21', ROWS + '1,1,\0,3,4\n')
csv('csv-utf-16', 'data.csv', ROWS.encode('utf-16'))
csv('csv-noise', 'data.csv', bytes(numbers.randrange(256) for _ in range(5000)))
csv('csv-one-line-without-end', 'data.csv', b'1,' * (40 << 20))
csv('csv-one-class', "one class, '0'", '0,1,2,3,4\n' * 20)
csv('csv-no-such-column', 'labelColumn', ROWS, ', labelColumn: 9')
csv('csv-class-names-missing', 'class names', ROWS, ', classNames: [a]')

# CIFAR's files and Omniglot's.
for name, content in (('cifar-half-a-picture', bytes(3073 * 3 + 100)), ('cifar-label-200', (b'\xc8' + bytes(3072)) * 4), ('cifar-empty', b'')):
    for batch in ['data_batch_%d.bin' % i for i in range(1, 6)] + ['test_batch.bin']:
        write('%s/data/%s' % (name, batch), content)
    data(name, '.bin', 'format: cifar10, path: %s/data' % name)
write('cifar-missing/data/data_batch_1.bin', bytes(3073))
data('cifar-missing', 'cifar-missing/data', 'format: cifar10, path: cifar-missing/data')

def zipped(entries):
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w', zipfile.ZIP_DEFLATED) as file:
        for entry, entry_content in entries:
            file.writestr(entry, entry_content)
    return content.getvalue()

def omniglot(name, content):
    write(name + '/data.zip', content)
    data(name, 'data.zip', 'format: omniglot, path: %s/data.zip' % name)

GOOD = [('images/Greek/character%02d/%d.png' % (c, i), png()) for c in range(3) for i in range(4)]
omniglot('zip-is-none', b'no zip at all')
omniglot('zip-cut', zipped(GOOD)[:600])
omniglot('zip-without-entries', zipped([]))
omniglot('zip-climbs', zipped(GOOD + [('images/../../../escaped/x.png', png())]))
omniglot('zip-absolute', zipped(GOOD + [('/escaped/a/x.png', png())]))
omniglot('zip-picture-damaged', zipped(GOOD + [('images/Greek/character00/x.png', b'none')]))
omniglot('zip-bomb', zipped([('images/Greek/character00/%d.png' % i, bytes(1 << 20)) for i in range(1100)]))
locked = bytearray(zipped(GOOD))
for at in range(len(locked) - 4):
    if locked[at:at + 4] == b'PK\1\2':
        locked[at + 8] |= 1
    if locked[at:at + 4] == b'PK\3\4':
        locked[at + 6] |= 1
omniglot('zip-locked', bytes(locked))

# Configurations.
WHOLE = 'data: {format: digits}\n' + MODEL
config('yaml-utf-16', 'c.yaml', WHOLE.encode('utf-16'))
config('yaml-latin-1', 'c.yaml', 'data: {format: folder, path: b\xfccher}\n'.encode('latin-1') + MODEL.encode())
config('yaml-nul', 'c.yaml', WHOLE + '\0')
config('yaml-escape', 'c.yaml', '# \x1b[2J\n' + WHOLE)
config('yaml-noise', 'c.yaml', bytes(numbers.randrange(256) for _ in range(3000)))
config('yaml-many-laughs', 'c.yaml', 'a0: &a0 [x, x]\n' + ''.join('a%d: &a%d [%s]\n' % (i, i, ', '.join(['*a%d' % (i - 1)] * 10)) for i in range(1, 12)) + WHOLE)
config('yaml-deep', 'c.yaml', 'data: ' + '[' * 20000)
config('yaml-deep-mappings', 'c.yaml', 'data: ' + '{a: ' * 5000 + '1' + '}' * 5000 + '\n')
config('yaml-of-itself', 'c.yaml', 'data: &a [*a]\n' + MODEL)
config('yaml-long-key', 'c.yaml', 'a' * 1000000 + ': 1\n' + WHOLE)
config('yaml-40-mb', 'c.yaml', '# ' + 'x' * (40 << 20) + '\n' + WHOLE)
config('yaml-tag', 'c.yaml', 'data: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ["http://127.0.0.1:9/"]]]]\n')
config('yaml-two-documents', 'c.yaml', WHOLE + '---\n' + WHOLE)
config('yaml-merge-of-no-mapping', 'c.yaml', 'data: {<<: 1, format: digits}\n' + MODEL)
config('yaml-infinite', 'learningRate', WHOLE.replace('0.01', '.inf'))
config('yaml-beyond-numbers', 'learningRate', WHOLE.replace('0.01', '1e999'))
config('yaml-seed-beyond-numbers', 'seed', 'seed: 99999999999999999999\n' + WHOLE)
config('yaml-list', 'c.yaml', '- ' + WHOLE.replace('\n', '\n  '))
config('yaml-key-is-a-list', 'c.yaml', '? [a, b]\n: 1\n' + WHOLE)
config('json-cut', 'c.yaml', '{"data": {"format": "digits"}, "network": {')
config('yaml-of-another-tool', 'c.yaml', 'model:\n  name: resnet18\ntrainer:\n  max_epochs: 10\n')
os.mkdir('config-pipe')
os.mkfifo('config-pipe/c.yaml')
case('config-pipe', 'c.yaml', 'train', '--config', 'config-pipe/c.yaml', '--output', 'run')
case('config-device', '/dev/zero', 'search', '--config', '/dev/zero', '--output', 'run')

# Networks and tables of latencies.
def network(name, content, expected='n.json'):
    write(name + '/n.json', content)
    config(name, expected, 'data: {format: digits}\n' + MODEL.replace(
        '{type: readyMade, family: plain, widths: [2, 2, 2, 2, 2, 2]}', '{type: file, path: %s/n.json}' % name))

network('network-empty', '')
network('network-list', '[]')
network('network-cut', '{"name": "x", "input": {"height": 8,')
network('network-deep', '{"a":' * 20000)
network('network-of-another-tool', '{"class_name": "Sequential", "config": {"layers": []}}')
network('network-noise', bytes(numbers.randrange(256) for _ in range(3000)))
SEARCH = 'data: {format: digits}\nrandomWidths:\n  budget: {limits: [{resource: {type: latency, table: %s}, most: 900}]}\n'
for name, content in (('latency-noise', bytes(numbers.randrange(256) for _ in range(3000))), ('latency-empty', b''),
                      ('latency-negative', b'add 8x8x32 8x8x32\t-3\n'), ('latency-spaces', b'add 8x8x32 8x8x32 3\n')):
    write(name + '/t.tsv', content)
    config(name, 't.tsv', SEARCH % (name + '/t.tsv'), 'search')
config('latency-folder', 'nothing', SEARCH % 'nothing', 'search')

# Run folders and command lines.
write('run-of-a-name/config.yaml', WHOLE)
case('run-of-a-name', 'run-of-a-name', 'evaluate', '--run', 'run-of-a-name')
write('run-marked-by-hand/written/ESPALIER', 'x')
case('run-marked-by-hand', 'run-marked-by-hand', 'export', '--run', 'run-marked-by-hand', '--output', 'exported')
case('run-is-a-device', '/dev/null', 'evaluate', '--run', '/dev/null')
write('good/c.yaml', WHOLE)
for name, output in (('output-is-a-device', '/dev/null'), ('output-on-a-file', 'good/c.yaml'),
                     ('output-below-a-file', 'good/c.yaml/run'), ('output-of-a-long-name', 'x' * 300),
                     ('output-is-the-root', '/'), ('output-beside-others', 'good')):
    case(name, output[:40], 'train', '--config', 'good/c.yaml', '--output', output)
case('seed-of-letters', '--seed', 'train', '--config', 'good/c.yaml', '--output', 'run', '--seed', '0x1g')
case('config-of-a-long-name', 'xxx', 'train', '--config', 'x' * 300, '--output', 'run')
case('argument-empty', "''", 'train', '', '--config', 'good/c.yaml', '--output', 'run')
PY
) || exit 77

listing() { (cd "$work/in" && find . -printf '%p %y %s %T@\n' | sort; find "$work/tmp"); }
count=0 wrong=0
while IFS=$'\t' read -r name expected rest; do
  # shellcheck disable=SC2053
  [[ $name == ${CASES:-*} ]] || continue
  IFS=$'\t' read -r -a arguments <<<"$rest"
  [ "$name" != argument-empty ] || arguments=(train '' --config good/c.yaml --output run)
  before=$(listing)
  (cd "$work/in" && timeout 60 "$project/submit/espalier" "${arguments[@]}") >"$work/out" 2>&1 </dev/null
  code=$?
  count=$((count + 1))
  fault=
  [ $code -eq 2 ] || fault="exit $code"
  # Several faults of one configuration are told together, each in a line that begins with its place; of a command line,
  # where its help is.
  [ "$(grep -avcE "^($name/c.yaml:|Try 'espalier )" "$work/out")" -eq 1 ] || fault="$fault, $(grep -ac '' "$work/out") lines"
  grep -aqF -- "$expected" "$work/out" || fault="$fault, does not say '$expected'"
  ! LC_ALL=C grep -aq $'[\x01-\x08\x0b-\x1f\x7f]' "$work/out" || fault="$fault, control characters"
  ! grep -aqE '^\s+at |Exception|unexpected' "$work/out" || fault="$fault, an exception"
  [ "$(wc -c <"$work/out")" -le 1500 ] || fault="$fault, $(wc -c <"$work/out") bytes of text"
  [ "$(listing)" = "$before" ] || fault="$fault, wrote $(diff <(echo "$before") <(listing) | sed -n 's/^> //p' | head -n 3 | tr '\n' ' ')"
  if [ -z "$fault" ]; then
    [ -z "${VERBOSE:-}" ] || echo "right: $name: $(cut -c 1-300 "$work/out")"
  else
    echo "WRONG: $name: ${fault#, }: $(head -n 3 "$work/out" | cut -c 1-400)"
    wrong=$((wrong + 1))
    rm -rf "$work/in/run"
  fi
done <"$work/cases"
echo "$count bad inputs, $wrong of them answered wrongly"
[ $count -gt 0 ] && [ $wrong -eq 0 ]
