package org.espalier.search.rounds;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.search.SumShape;
import org.espalier.storage.Bytes;

/**
 * What executors give back: the outcomes of items and the sums that they add to. Sums are the bulk,
 * so they are written from float64 straight into the bytes that travel, and read from there;
 * stretches of zeros, which most of a supernet's differences are, do not travel.
 *
 * @param platforms on which the items were performed, without repetition
 * @param items in item order inside each group, group after group
 * @param sums folded; blocks without contributions are left out
 */
record GroupResult(List<String> platforms, List<Item> items, List<Sum> sums) {
  GroupResult {
    platforms = List.copyOf(platforms);
    items = List.copyOf(items);
    sums = List.copyOf(sums);
  }

  /**
   * An item's outcome.
   *
   * @param index place in the round
   * @param failed whether {@code bytes} are a reason in UTF-8 rather than an encoded result
   * @param bytes what came out
   * @param time it took; reported, never used
   */
  record Item(int index, boolean failed, Bytes bytes, ItemTime time) {}

  /**
   * A block's sum.
   *
   * @param block index in the {@link SumShape}
   * @param contributions items that added to it
   * @param length of the block
   * @param runs of the sum, ascending; what is in none is 0
   */
  record Sum(int block, int contributions, int length, List<Run> runs) {}

  /**
   * Consecutive numbers of a sum.
   *
   * @param start index of the first in the block
   * @param values as they are from the buffer's beginning to its limit
   */
  record Run(int start, FloatBuffer values) {}

  static byte[] encode(List<String> platforms, List<Item> items, SumFold sums) {
    List<byte[]> names =
        platforms.stream().map(platform -> platform.getBytes(StandardCharsets.UTF_8)).toList();
    long size = 4L + 4 + 4;
    size += names.stream().mapToLong(name -> 4L + name.length).sum();
    size += items.stream().mapToLong(item -> 4L + 1 + 8 + 8 + 4 + item.bytes().size()).sum();
    SortedMap<Integer, int[]> ends = new TreeMap<>();
    for (int block : sums.blocks()) {
      int[] runs = sums.runs(block);
      ends.put(block, runs);
      size += 4L * 4;
      for (int i = 0; i < runs.length; i += 2) {
        size += 4L + 4 + 4L * (runs[i + 1] - runs[i]);
      }
    }
    ByteBuffer to = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(names.size());
    for (byte[] name : names) {
      to.putInt(name.length).put(name);
    }
    to.putInt(items.size());
    for (Item item : items) {
      to.putInt(item.index()).put((byte) (item.failed() ? 1 : 0));
      to.putLong(item.time().cpuNanos()).putLong(item.time().wallNanos());
      to.putInt(item.bytes().size()).put(item.bytes().view());
    }
    to.putInt(sums.count());
    ends.forEach(
        (block, runs) -> {
          to.putInt(block).putInt(sums.contributions(block)).putInt(sums.length(block));
          to.putInt(runs.length / 2);
          for (int i = 0; i < runs.length; i += 2) {
            to.putInt(runs[i]).putInt(runs[i + 1] - runs[i]);
            sums.round(block, runs[i], runs[i + 1], to);
          }
        });
    return to.array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static GroupResult decode(byte[] bytes) {
    try {
      ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      List<String> platforms = new ArrayList<>();
      for (int left = from.getInt(); left > 0; left--) {
        platforms.add(new String(next(from, from.getInt()), StandardCharsets.UTF_8));
      }
      List<Item> items = new ArrayList<>();
      for (int left = from.getInt(); left > 0; left--) {
        int index = from.getInt();
        boolean failed = from.get() != 0;
        ItemTime time = new ItemTime(from.getLong(), from.getLong());
        items.add(new Item(index, failed, Bytes.owning(next(from, from.getInt())), time));
      }
      List<Sum> sums = new ArrayList<>();
      for (int left = from.getInt(); left > 0; left--) {
        int block = from.getInt();
        int contributions = from.getInt();
        int length = from.getInt();
        List<Run> runs = new ArrayList<>();
        for (int more = from.getInt(); more > 0; more--) {
          int start = from.getInt();
          ByteBuffer values = from.slice(from.position() + 4, 4 * from.getInt());
          from.position(from.position() + values.limit());
          runs.add(new Run(start, values.order(from.order()).asFloatBuffer()));
        }
        sums.add(new Sum(block, contributions, length, runs));
      }
      return new GroupResult(platforms, items, sums);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("not the bytes of a group's result: " + e.getMessage(), e);
    }
  }

  private static byte[] next(ByteBuffer from, int length) {
    byte[] next = new byte[length];
    from.get(next);
    return next;
  }
}
