package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;
import static org.bytedeco.dnnl.global.dnnl.dnnl_x;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * One thread's way to oneDNN: its engine, its stream and the calls it has prepared, by shape. A
 * prepared call costs about a microsecond beside its work.
 */
final class OneDnn {
  /** Prepared calls kept per thread; a search over shapes meets thousands. */
  private static final int CALLS_KEPT = 4096;

  /** Float32 numbers of a cache line, where oneDNN's kernels like memory to begin. */
  private static final long LINE = 16;

  private static final ThreadLocal<OneDnn> CURRENT = ThreadLocal.withInitial(OneDnn::new);

  private final engine processor = new engine(engine.kind.cpu, 0);
  private final stream queue = new stream(processor);
  private final Map<Object, Object> calls =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
          return size() > CALLS_KEPT;
        }
      };

  private FloatPointer scratch = new FloatPointer(0L);
  private float[] scratchArray = {};

  private OneDnn() {
    NativeRuntime.pinThread();
  }

  static OneDnn current() {
    return CURRENT.get();
  }

  /** Whether oneDNN computes on this tensor: single precision on the CPU. */
  static boolean serves(Tensor tensor) {
    return tensor.precision() == Precision.FLOAT32 && NativeRuntime.oneDnnLoaded();
  }

  engine processor() {
    return processor;
  }

  stream queue() {
    return queue;
  }

  /**
   * The prepared call for a key, made on first use.
   *
   * @param key a record naming the operation and its shapes; its class decides the call's
   * @param make prepares the call
   */
  @SuppressWarnings("unchecked")
  <K, C> C prepared(K key, Function<K, C> make) {
    Object call = calls.get(key);
    if (call == null) {
      call = make.apply(key);
      calls.put(key, call);
    }
    return (C) call;
  }

  /**
   * Memory outside the Java heap that a call may use while it runs; the next caller gets the same.
   * Prepared calls share it, since a search prepares many calls and runs one at a time.
   *
   * @param sizes of the pieces in bytes
   * @return the pieces, each at a cache line's start, with unspecified content
   */
  Pointer[] scratch(long... sizes) {
    long numbers = LINE;
    for (long size : sizes) {
      numbers += inLines(size);
    }
    if (scratch.limit() < numbers) {
      scratch.close();
      scratch = new FloatPointer(numbers);
    }
    long from = (LINE - scratch.address() / Float.BYTES % LINE) % LINE;
    Pointer[] pieces = new Pointer[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      pieces[i] = scratch.getPointer(from);
      from += inLines(sizes[i]);
    }
    return pieces;
  }

  private static long inLines(long bytes) {
    return (bytes + LINE * Float.BYTES - 1) / (LINE * Float.BYTES) * LINE;
  }

  /** An array of at least so many numbers for use within a call; the next caller gets the same. */
  float[] scratchArray(int length) {
    if (scratchArray.length < length) {
      scratchArray = new float[length];
    }
    return scratchArray;
  }

  /** Images {@code [batch, height, width, channels]}; other ranks count as rows of channels. */
  static memory.desc images(Shape shape) {
    if (shape.rank() == 4) {
      return described(
          dnnl_nhwc,
          shape.dimension(0),
          shape.dimension(3),
          shape.dimension(1),
          shape.dimension(2));
    }
    return described(dnnl_nhwc, shape.rows(), shape.channels(), 1, 1);
  }

  static memory.desc vector(long size) {
    return described(dnnl_x, size);
  }

  /** Single-precision numbers of logical sizes in the order a format tag names. */
  static memory.desc described(int tag, long... sizes) {
    dnnl_memory_desc_t description = new dnnl_memory_desc_t();
    check(
        dnnl_memory_desc_init_by_tag(
            description, sizes.length, new LongPointer(sizes), dnnl_f32, tag));
    return new memory.desc(description);
  }

  static void check(int status) {
    if (status != dnnl_success) {
      throw new IllegalStateException("oneDNN refused a call with status " + status);
    }
  }
}
