package org.espalier.storage;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.List;

/** Tells Jackson what {@link SealedTypes} says, as if it stood there in annotations. */
final class SealedTypeIntrospector extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
    if (!SealedTypes.isNamed(type.getRawType())) {
      return null;
    }
    JsonTypeInfo.Value named =
        JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME,
            JsonTypeInfo.As.PROPERTY,
            SealedTypes.property(type.getRawType()),
            null,
            false,
            null);
    return new StdTypeResolverBuilder().init(named, null);
  }

  @Override
  public List<NamedType> findSubtypes(Annotated type) {
    if (!SealedTypes.isSealedInterface(type.getRawType())) {
      return List.of();
    }
    return SealedTypes.records(type.getRawType()).entrySet().stream()
        .map(record -> new NamedType(record.getValue(), record.getKey()))
        .toList();
  }

  @Override
  public String findTypeName(AnnotatedClass type) {
    return SealedTypes.isNamed(type.getRawType()) ? SealedTypes.name(type.getRawType()) : null;
  }
}
