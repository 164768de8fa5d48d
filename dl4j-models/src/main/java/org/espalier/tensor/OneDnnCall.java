package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.Pointer;

/** A primitive of oneDNN with its arguments, ready to run on other memory each time. */
final class OneDnnCall {
  private final OneDnn context = OneDnn.current();
  private final List<memory> memories = new ArrayList<>();
  private final List<Integer> names = new ArrayList<>();
  private final List<dnnl_memory> given = new ArrayList<>();
  private final primitive operation;
  private final dnnl_primitive handle;
  private final dnnl_stream stream;
  private dnnl_exec_arg_t arguments;

  OneDnnCall(primitive operation) {
    this.operation = operation;
    this.handle = operation.get();
    this.stream = context.queue().get();
  }

  /** Declares the next argument of {@link #run}. */
  OneDnnCall given(int name, memory.desc description) {
    memory place = new memory(description, context.processor(), (Pointer) null);
    memories.add(place);
    names.add(name);
    given.add(place.get());
    return this;
  }

  /** Declares an argument that is the same in every run. */
  OneDnnCall fixed(int name, memory place) {
    memories.add(place);
    names.add(name);
    return this;
  }

  /**
   * Computes.
   *
   * @param places memory of the given arguments, in the order of their declaration
   */
  void run(Pointer... places) {
    if (arguments == null) {
      complete();
    }
    for (int i = 0; i < places.length; i++) {
      OneDnn.check(dnnl_memory_set_data_handle(given.get(i), places[i]));
    }
    OneDnn.check(dnnl_primitive_execute(handle, stream, names.size(), arguments));
  }

  private void complete() {
    if (operation.isNull()) {
      throw new IllegalStateException("the primitive has been freed");
    }
    arguments = new dnnl_exec_arg_t(names.size());
    for (int i = 0; i < names.size(); i++) {
      arguments.position(i).arg(names.get(i)).memory(memories.get(i).get());
    }
    arguments.position(0);
  }
}
