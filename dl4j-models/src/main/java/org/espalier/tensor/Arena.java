package org.espalier.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of one step: one block outside the Java heap, handed out piece by piece and reused
 * within the step. The first step measures how much is needed; the block grows only between steps,
 * and a step that repeats the one before makes no Java objects here. Belongs to one thread.
 */
public final class Arena implements AutoCloseable {
  private static final int ALIGNMENT = 64;
  private static final int SLOTS_KEPT = 20_000;

  private final Precision precision;
  private final Map<Long, Deque<Slot>> freeBySize = new HashMap<>();
  private final Map<Long, Slot> slotsByStart = new HashMap<>();
  private final List<Slot> used = new ArrayList<>();
  private final List<INDArray> outside = new ArrayList<>();
  private INDArray block;
  private long blockBytes;
  private long top;
  private boolean sized;
  private long spilledBytes;

  private Arena(Precision precision) {
    this.precision = precision;
    this.block = Nd4j.createUninitializedDetached(precision.dataType(), 1);
  }

  /** An empty arena. */
  public static Arena create(Precision precision) {
    NativeRuntime.start();
    NativeRuntime.pinThread();
    return new Arena(precision);
  }

  /** How numbers are kept. */
  public Precision precision() {
    return precision;
  }

  /**
   * A tensor with unspecified content, owned once.
   *
   * @param shape any
   */
  public Tensor allocate(Shape shape) {
    long bytes = roundUp(shape.size() * precision.bytes());
    Deque<Slot> free = freeBySize.get(bytes);
    Slot slot = free == null ? null : free.pollLast();
    if (slot == null) {
      slot = nextSlot(bytes);
    }
    slot.owners = 1;
    return slot.tensor(shape);
  }

  private Slot nextSlot(long bytes) {
    Slot slot = slotsByStart.get(top);
    if (slot == null || slot.bytes != bytes) {
      slot = new Slot(top, bytes);
      slotsByStart.put(top, slot);
    }
    top += bytes;
    used.add(slot);
    return slot;
  }

  /** Adds an owner: the tensor stays until every owner has released it. */
  public void share(Tensor tensor) {
    slot(tensor).owners++;
  }

  /** Whether somebody besides the caller owns the tensor, so that it must not be overwritten. */
  public boolean shared(Tensor tensor) {
    return slot(tensor).owners != 1;
  }

  /** Ends one ownership; memory without owners is handed out again. */
  public void release(Tensor tensor) {
    Slot slot = slot(tensor);
    if (--slot.owners == 0) {
      freeBySize.computeIfAbsent(slot.bytes, size -> new ArrayDeque<>()).addLast(slot);
    }
  }

  private Slot slot(Tensor tensor) {
    Slot slot = tensor.slot();
    if (slot == null || slot.arena() != this || slot.owners == 0) {
      throw new IllegalStateException("not a living tensor of this arena: " + tensor);
    }
    return slot;
  }

  /** Ends a step: every tensor is gone, and the block is made large enough for such a step. */
  public void reset() {
    outside.forEach(INDArray::close);
    outside.clear();
    if (top > blockBytes) {
      block.close();
      block = Nd4j.createUninitializedDetached(precision.dataType(), top / precision.bytes());
      blockBytes = top;
      slotsByStart.clear();
    } else if (slotsByStart.size() > SLOTS_KEPT) {
      slotsByStart.clear();
    }
    sized = sized || top > 0;
    freeBySize.values().forEach(Deque::clear);
    used.forEach(slot -> slot.owners = 0);
    used.clear();
    top = 0;
  }

  /**
   * Ends a step, and leaves what is no number wherever the next one could read before it writes.
   */
  public void spoil() {
    reset();
    long numbers = blockBytes / precision.bytes();
    if (numbers > 0) {
      allocate(Shape.of(Math.toIntExact(numbers))).fill(Double.NaN);
      reset();
    }
  }

  /** Size of the block. */
  public long capacityBytes() {
    return blockBytes;
  }

  /** Bytes allocated outside the block since the first step had sized it. */
  public long spilledBytes() {
    return spilledBytes;
  }

  /** Frees the block; its tensors must not be used any more. */
  @Override
  public void close() {
    outside.forEach(INDArray::close);
    outside.clear();
    slotsByStart.clear();
    used.clear();
    freeBySize.clear();
    if (block.closeable()) {
      block.close();
    }
  }

  private static long roundUp(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** A piece of the block, with the tensors that were made on it by shape. */
  final class Slot {
    private final long bytes;
    private final INDArray root;
    private final long offset;
    private final List<Tensor> tensors = new ArrayList<>(2);
    private int owners;

    Slot(long start, long bytes) {
      this.bytes = bytes;
      if (start + bytes <= blockBytes) {
        root = block;
        offset = start / precision.bytes();
      } else {
        root = Nd4j.createUninitializedDetached(precision.dataType(), bytes / precision.bytes());
        offset = 0;
        outside.add(root);
        spilledBytes += sized ? bytes : 0;
      }
    }

    Arena arena() {
      return Arena.this;
    }

    Tensor tensor(Shape shape) {
      for (Tensor tensor : tensors) {
        if (tensor.shape().equals(shape)) {
          return tensor;
        }
      }
      Tensor made = Tensor.within(precision, shape, root, offset, this);
      tensors.add(made);
      return made;
    }
  }
}
